using IncidentDesk.Postmortems;
using IncidentDesk.Web.Texts;
using IncidentDesk.Web.Timeline;

namespace IncidentDesk.Web.Postmortems;

/// <summary>What changed in the log of what a document shows, in one sentence.</summary>
internal static class ReferencedChangeText
{
    private const int MaxText = 100;

    public static string Of(ReadReferencedChanges.Change change, TimeZoneInfo zone, Say say)
    {
        var entry = change.Entry;
        var what = entry.Change is { } did ? ChangeText.Of(did, zone, say) : Short(entry.Body);
        if (change.Before is not { } before) return entry.Change is null ? say["Postmortem.Change.New", what] : what;
        if (before.When != entry.When) return say["Postmortem.Change.Time", what, Stamps.Full(before.When, zone, say), Stamps.Full(entry.When, zone, say)];
        if (before.Body != entry.Body) return say["Postmortem.Change.Text", Short(before.Body), Short(entry.Body)];
        if (before.IsKeyEvent != entry.IsKeyEvent) return say[entry.IsKeyEvent ? "Postmortem.Change.Key" : "Postmortem.Change.NoKey", what];
        return say["Postmortem.Change.Corrected", what];
    }

    internal static string Short(string body)
    {
        var line = body.Split('\n', 2)[0];
        return line.Length <= MaxText ? line : string.Concat(line.AsSpan(0, MaxText - 1).TrimEnd(), "…");
    }
}

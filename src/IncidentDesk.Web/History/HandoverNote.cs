using System.Globalization;
using System.Text;
using IncidentDesk.Attacks;
using IncidentDesk.FollowUps;
using IncidentDesk.History;
using IncidentDesk.Impacts;
using IncidentDesk.Incidents;
using IncidentDesk.Live;
using IncidentDesk.Mitigations;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using IncidentDesk.Web.Attacks;
using IncidentDesk.Web.Impacts;
using IncidentDesk.Web.Mitigations;
using IncidentDesk.Web.Texts;
using IncidentDesk.Web.Timeline;

namespace IncidentDesk.Web.History;

/// <summary>What the next shift has to know, as Markdown in the language of the request: where it stands, what changed, what is due. A draft for a person to edit.</summary>
internal sealed class HandoverNote(ReadChanges.Changes changes, Situation situation, TimeZoneInfo zone, DateTime now, Say say)
{
    /// <summary>Of a list; the rest is counted.</summary>
    private const int Most = 15;

    private const int MaxLine = 200;

    private readonly StringBuilder _note = new();

    /// <summary>At most what an entry of the log may hold.</summary>
    public string Compose()
    {
        Standing();
        List(say["Handover.Attack"], situation.Waves.Where(w => w.ToPrecision is null), Wave, say["Handover.NoWave"]);
        List(say["Handover.Hit"], Hit(), row => row, say["Handover.NothingHit"]);
        List(say["Handover.Defence"], DefenceList.Of(situation.Mitigations, now).Open, Defence, say["Handover.NoDefence"]);
        List(say["Handover.Due"], Due(), line => line, say["Handover.NothingDue"]);
        foreach (var group in changes.Groups)
        {
            // What was hit and put up stands above as it is now.
            var rows = group.Entries.Where(e => e.Kind is not EntryKind.Impact and not EntryKind.Mitigation and not EntryKind.Wave).ToList();
            List(Since(group), rows, Entry, null, group.Count - (group.Entries.Count - rows.Count));
        }
        Heading(say["Handover.Watch"]);
        _note.AppendLine("- ");
        var note = _note.ToString().Trim();
        return Cut(note, TimelineEntry.MaxBodyLength);
    }

    private void Standing()
    {
        var incident = changes.Incident;
        _note.Append("**").Append(say["Handover.Standing", say.Word(incident.Status), incident.Severity.Label(), incident.Holder(IncidentRole.Lead)?.PersonName ?? say["Nobody"], Stamps.Full(now, zone)]).AppendLine("**");
        var intervals = Affected.Intervals(situation.Impacts);
        if (intervals.Count == 0) return;
        var count = Affected.At(intervals, situation.Members, now);
        _note.AppendLine().AppendLine(say["Handover.Members", count.Members, count.AllMembers, count.Share?.ToString("P0", CultureInfo.CurrentCulture) ?? say["Unknown"]]);
    }

    private string Since(ReadChanges.Group group) => changes.Since is { } since
        ? say["Handover.Since", say.Word(group.Name), Stamps.Full(since, zone)]
        : say.Word(group.Name);

    private string Wave(AttackWave wave)
    {
        var targets = string.Join(", ", wave.Targets.Take(3).Select(t => "#" + t.Asset!.Name));
        if (wave.Targets.Count > 3) targets += " …";
        var attack = string.Join(", ", new[] { say.Vector(wave.Vector), WaveText.Magnitude(wave, say) }.Where(t => t.Length > 0));
        var line = say["Handover.Wave", wave.Number, attack, Stamps.Short(wave.From, zone, now, say), targets.Length > 0 ? targets : say["Unknown"]];
        return situation.Mitigations.FirstOrDefault(m => m.Id == wave.AdaptedToId) is { } answered ? $"{line}. {say["Handover.Answers", answered.Name]}" : line;
    }

    private IEnumerable<string> Hit()
    {
        var list = HitList.Of(situation.Impacts);
        foreach (var row in list.Targeted.Concat(list.Precaution)) yield return Line(row.Impact);
        foreach (var bundle in list.Collateral)
        {
            if (bundle.Rows.Count == 0) yield return Line(bundle.Own!.Impact);
            else yield return say["Handover.Behind", bundle.Rows.Count, bundle.Head.Name, say.Word(bundle.Worst)];
        }

        string Line(Impact impact) => say["Handover.HitLine", impact.Asset!.Name, say.Word(impact.State), say.Word(impact.Cause), Stamps.Short(impact.From, zone, now, say)];
    }

    private string Defence(Mitigation mitigation)
    {
        var line = say["Handover.DefenceLine", mitigation.Name, mitigation.Title, say.Word(mitigation.State)];
        if (mitigation is { State: MitigationState.Requested, AnsweredAt: null, AskedAt: { } asked }) line += " " + say["Handover.Asked", Stamps.Short(OccurrenceTime.Exactly(asked), zone, now, say)];
        if (string.Join(", ", situation.Waves.Where(w => w.AdaptedToId == mitigation.Id).Select(w => w.Number)) is { Length: > 0 } waves) line += " " + say["Handover.AnsweredBy", waves];
        return line;
    }

    /// <summary>Reviews, what ends by itself, steps and follow-ups, in the order in which they are due.</summary>
    private IEnumerable<string> Due()
    {
        foreach (var m in situation.Mitigations.Where(m => m.State.IsOpen() && m.ReviewBy is not null).OrderBy(m => m.ReviewBy))
            yield return say[m.ReviewBy <= now ? "Handover.ReviewOverdue" : "Handover.ReviewBy", m.Name, Stamps.Short(OccurrenceTime.Exactly(m.ReviewBy!.Value), zone, now, say)];
        foreach (var m in situation.Mitigations.Where(m => m.State.IsOpen() && m.ExpiresAt is not null).OrderBy(m => m.ExpiresAt))
            yield return say["Handover.Expires", m.Name, Stamps.Short(OccurrenceTime.Exactly(m.ExpiresAt!.Value), zone, now, say)];
        foreach (var checklist in situation.Checklists.Where(c => c.Ticks.Count < c.Steps.Count))
        {
            var left = checklist.Steps.Count - checklist.Ticks.Count;
            yield return say.Count("Handover.Steps", left, Hosting.Languages.Current == "es" ? checklist.TitleEs : checklist.TitleEn, left);
        }
        foreach (var followUp in situation.FollowUps.Where(f => f.State == FollowUpState.Open).OrderBy(f => f.DueOn ?? DateOnly.MaxValue))
            yield return say["Handover.FollowUp", followUp.Action, followUp.Owner?.DisplayName ?? say["FollowUp.NoOwner"], followUp.DueOn?.ToString("d MMM", CultureInfo.CurrentCulture) ?? say["FollowUp.NoDate"]];
    }

    private string Entry(TimelineEntry entry)
    {
        var text = string.Join(": ", new[] { entry.Change is { } change ? ChangeText.Of(change, zone, say) : "", FirstLine(entry.Body) }.Where(t => t.Length > 0));
        return $"{Stamps.Short(entry.When, zone, now, say)} {text}{(entry.AuthorId is null ? "" : $" ({entry.AuthorName})")}";
    }

    private static string FirstLine(string body)
    {
        // A picture stands in its own entry; here its name will do.
        var line = body.Split('\n', 2)[0].Replace("![", "[", StringComparison.Ordinal).TrimStart('#', '-', '*', '>', ' ');
        return Cut(line, MaxLine);
    }

    private static string Cut(string text, int length)
    {
        if (text.Length <= length) return text;
        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1), "…");
    }

    private void List<T>(string heading, IEnumerable<T> items, Func<T, string> line, string? none, int? count = null)
    {
        var all = items.ToList();
        if (all.Count == 0 && none is null) return;
        Heading(heading);
        if (all.Count == 0) _note.AppendLine(none);
        // The newest of what changed, the most urgent of what stands.
        foreach (var item in count is null ? all.Take(Most) : all.TakeLast(Most)) _note.Append("- ").AppendLine(line(item));
        if ((count ?? all.Count) > Most) _note.Append("- ").AppendLine(say["Handover.More", (count ?? all.Count) - Most]);
    }

    private void Heading(string text) => _note.AppendLine().Append("### ").AppendLine(text);
}

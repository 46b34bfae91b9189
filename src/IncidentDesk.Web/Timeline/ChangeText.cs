using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using IncidentDesk.Web.Texts;

namespace IncidentDesk.Web.Timeline;

/// <summary>What the desk did, in the reader's words.</summary>
public static class ChangeText
{
    public static string Of(EntryChange change, TimeZoneInfo zone, Say say) => change switch
    {
        EntryChange.Declared c => say["Change.Declared", c.Severity.Label()],
        EntryChange.StatusChanged c => $"{say.Word(c.From)} → {say.Word(c.To)}",
        EntryChange.SeverityChanged c => $"{c.From.Label()} → {c.To.Label()}",
        EntryChange.TitleChanged c => say["Change.Title", c.From, c.To],
        EntryChange.TlpChanged c => $"{c.From.Label()} → {c.To.Label()}",
        EntryChange.RoleChanged c => Role(c, say),
        EntryChange.MilestoneChanged c => Milestone(c, zone, say),
        EntryChange.RestrictionChanged c => say[c.IsRestricted ? "Change.Restricted" : "Change.Unrestricted"],
        EntryChange.NamedPersonChanged c => say[c.MaySee ? "Change.Named" : "Change.Unnamed", c.Name],
        EntryChange.Imported c => say["Change.Imported", c.Count],
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, null),
    };

    private static string Role(EntryChange.RoleChanged c, Say say) => (c.From, c.To) switch
    {
        (null, { } to) => $"{say.Word(c.Role)}: {to}",
        ({ } from, { } to) => $"{say.Word(c.Role)}: {from} → {to}",
        ({ } from, null) => say["Change.RoleFree", say.Word(c.Role), from],
        (null, null) => say.Word(c.Role),
    };

    private static string Milestone(EntryChange.MilestoneChanged c, TimeZoneInfo zone, Say say)
    {
        string When(OccurrenceTime? time) => time is null ? say["Unknown"] : Stamps.Full(time, zone, say);
        return c.From is null ? $"{say.Word(c.Milestone)}: {When(c.To)}" : $"{say.Word(c.Milestone)}: {When(c.From)} → {When(c.To)}";
    }
}

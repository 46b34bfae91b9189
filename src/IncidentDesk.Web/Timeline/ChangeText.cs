using System.Globalization;
using IncidentDesk.Incidents;
using IncidentDesk.Postmortems;
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
        EntryChange.Imported c => say.Count("Change.Imported", c.Count),
        EntryChange.ImpactMarked c => say[c.Others > 0 ? "Change.Impact.MarkedWith" : "Change.Impact.Marked", c.Asset, say.Word(c.State), say.Word(c.Cause), Stamps.Full(c.From, zone, say), c.Others],
        EntryChange.ImpactEnded { To.At: null, Others: 0 } c => say["Change.Impact.EndedUnknown", c.Asset],
        EntryChange.ImpactEnded c => say[c.Others > 0 ? "Change.Impact.EndedWith" : "Change.Impact.Ended", c.Asset, Stamps.Full(c.To, zone, say), c.Others],
        EntryChange.ImpactCorrected c => say["Change.Impact.Corrected", c.Asset, Facts(c.From, zone, say), Facts(c.To, zone, say)],
        EntryChange.MitigationMoved c => Moved(c, zone, say),
        EntryChange.MitigationJoined c => c.Serves ? say["Change.Mitigation.Joined", c.Title, say.Word(c.State)] : say["Change.Mitigation.Left", c.Title],
        EntryChange.MitigationEdited c => say["Change.Mitigation.Edited", c.Title, string.Join(", ", c.Fields.Select(f => say["Mitigation." + f]))],
        EntryChange.MitigationReviewMoved c => say["Change.Mitigation.Review", c.Title, Moment(c.From, zone, say), Moment(c.To, zone, say)],
        EntryChange.MitigationOverdue c => say["Change.Mitigation.Overdue", c.Title, Moment(c.ReviewBy, zone, say)],
        EntryChange.ChecklistAttached c => say[c.IsAttached ? "Change.Checklist.Attached" : "Change.Checklist.Detached", Of(c.TitleEn, c.TitleEs)],
        EntryChange.ChecklistTicked c => say[c.IsDone ? "Change.Checklist.Ticked" : "Change.Checklist.Unticked", Of(c.TitleEn, c.TitleEs), Of(c.Step.En, c.Step.Es)],
        EntryChange.WaveDeclared c => say["Change.Wave.Declared", c.Number, say.Vector(c.Vector), Stamps.Full(c.From, zone, say)],
        EntryChange.WaveEnded { To.At: null } c => say["Change.Wave.EndedUnknown", c.Number, say.Vector(c.Vector)],
        EntryChange.WaveEnded c => say["Change.Wave.Ended", c.Number, say.Vector(c.Vector), Stamps.Full(c.To, zone, say)],
        EntryChange.WaveEdited c => say["Change.Wave.Edited", c.Number, say.Vector(c.Vector), string.Join(", ", c.Fields.Select(f => say["Wave." + f]))],
        EntryChange.WaveWithdrawn c => say["Change.Wave.Withdrawn", c.Number, say.Vector(c.Vector)],
        EntryChange.FollowUpMoved c => FollowUp(c, say),
        EntryChange.FollowUpEdited c => say["Change.FollowUp.Edited", c.Action, string.Join(", ", c.Fields.Select(f => say["FollowUp." + f]))],
        EntryChange.PostmortemMoved c => Postmortem(c, say),
        EntryChange.ReviewersNamed c => c.Names.Count == 0 ? say["Change.Postmortem.NoReviewers"] : say["Change.Postmortem.Reviewers", string.Join(", ", c.Names)],
        EntryChange.PostmortemApproved c => say["Change.Postmortem.Approved", c.Name],
        EntryChange.SituationReported c => say[c.NextDueAt is null ? "Change.SituationReport" : "Change.SituationReport.Next", c.Number, say.Word(c.Audience), Moment(c.NextDueAt, zone, say), c.Sha256],
        EntryChange.DocumentLeft { Kind: null } c => say["Change.Evidence.Left", c.Sha256],
        EntryChange.DocumentLeft c => say["Change.Document.Left", say.Word(c.Kind!.Value), say.Word(c.Audience), c.Format, c.Sha256],
        EntryChange.LeakAccepted c => say["Change.Leak.Accepted", say.Word(c.Thing), say.Word(c.Audience)],
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, null),
    };

    private static string Postmortem(EntryChange.PostmortemMoved c, Say say) => (c.From, c.To) switch
    {
        (null, _) => say["Change.Postmortem.Begun"],
        (_, PostmortemState.Final) => say["Change.Postmortem.Final", c.Number, c.Sha256],
        var (from, to) => say["Change.Postmortem.Moved", say.Word(from!.Value), say.Word(to)],
    };

    private static string Role(EntryChange.RoleChanged c, Say say) => (c.From, c.To) switch
    {
        (null, { } to) => $"{say.Word(c.Role)}: {to}",
        ({ } from, { } to) => $"{say.Word(c.Role)}: {from} → {to}",
        ({ } from, null) => say["Change.RoleFree", say.Word(c.Role), from],
        (null, null) => say.Word(c.Role),
    };

    private static string Of(string en, string es) => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "es" ? es : en;

    private static string Moment(DateTime? utc, TimeZoneInfo zone, Say say) => utc is { } at ? Stamps.Full(OccurrenceTime.Exactly(at), zone, say) : say["Never"];

    private static string Facts(EntryChange.ImpactFacts facts, TimeZoneInfo zone, Say say) => facts.IsWithdrawn
        ? say["Change.Impact.Withdrawn"]
        : say["Change.Impact.Facts", say.Word(facts.State), say.Word(facts.Cause), Stamps.Full(facts.Start, zone, say), facts.End is { } end ? Stamps.Full(end, zone, say) : say["Change.Impact.Open"]];

    private static string Moved(EntryChange.MitigationMoved c, TimeZoneInfo zone, Say say)
    {
        var moved = c.From is { } from ? say["Change.Mitigation.Moved", c.Title, say.Word(from), say.Word(c.To)] : say["Change.Mitigation.Begun", c.Title, say.Word(c.To)];
        return c.ReviewBy is null ? moved : say["Change.Mitigation.ReviewBy", moved, Moment(c.ReviewBy, zone, say)];
    }

    private static string FollowUp(EntryChange.FollowUpMoved c, Say say)
    {
        if (c.From is { } from) return say["Change.FollowUp.Moved", c.Action, say.Word(from), say.Word(c.To)];
        return say["Change.FollowUp.Added", c.Action, c.Owner ?? say["FollowUp.NoOwner"], c.DueOn is { } due ? due.ToString("d MMM yyyy", CultureInfo.CurrentCulture) : say["FollowUp.NoDate"]];
    }

    private static string Milestone(EntryChange.MilestoneChanged c, TimeZoneInfo zone, Say say)
    {
        string When(OccurrenceTime? time) => time is null ? say["Unknown"] : Stamps.Full(time, zone, say);
        return c.From is null ? $"{say.Word(c.Milestone)}: {When(c.To)}" : $"{say.Word(c.Milestone)}: {When(c.From)} → {When(c.To)}";
    }
}

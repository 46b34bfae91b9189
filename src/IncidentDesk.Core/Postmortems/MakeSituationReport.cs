using IncidentDesk.Data;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Postmortems;

/// <summary>Writes a situation report: a numbered document of how things stand, frozen at once.</summary>
public sealed class MakeSituationReport(IncidentWriter writer)
{
    public const int MaxReports = 500;

    /// <summary>A next one that is due later than this is a slip of the pen.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromDays(31);

    /// <param name="Id">Made by the client; the same again is answered with the report that it made first.</param>
    /// <param name="Audience">The team and leadership, or the members.</param>
    /// <param name="Language">Of the author's text: <c>en</c> or <c>es</c>.</param>
    /// <param name="Summary">How things stand: Markdown with <see cref="Fields"/>.</param>
    /// <param name="Next">What comes next; may be empty.</param>
    /// <param name="NextDueAt">UTC; null when no other is announced.</param>
    public sealed record Command(Guid Id, string IncidentKey, Audience Audience, string Language, string Summary, string Next = "", DateTime? NextDueAt = null);

    public Task<Result<FrozenDocument>> HandleAsync(Command command, Actor actor, CancellationToken ct) => writer.RecordAsync<FrozenDocument>(actor, IncidentWriter.Of(command.IncidentKey, ct), async recording =>
    {
        var (db, incidentId) = (recording.Db, recording.IncidentIds.Single());
        if (command.Id == Guid.Empty) return new Invalid(nameof(command.Id), "Report.IdMissing");
        // Of any incident, whoever may see it: an id is taken or it is not.
        if (await db.FrozenDocuments.IgnoreQueryFilters().AsNoTracking().FirstOrDefaultAsync(d => d.Id == command.Id, ct) is { } earlier)
            return earlier.IncidentId == incidentId && earlier.MadeById == recording.Member.Id && earlier.Kind == DocumentKind.SituationReport ? earlier : new Invalid(nameof(command.Id), "Report.IdTaken");

        if (command.Audience is not (Audience.Internal or Audience.Members)) return new Invalid(nameof(command.Audience), "Report.Audience");
        if (command.Language is not ("en" or "es")) return new Invalid(nameof(command.Language), "Word.Unknown", command.Language);
        if (!TextRules.Lines(nameof(command.Summary), command.Summary, PostmortemSection.MaxBodyLength).TryGet(out var summary, out var error)) return error;
        if (!TextRules.OptionalLines(nameof(command.Next), command.Next, PostmortemSection.MaxBodyLength).TryGet(out var next, out error)) return error;
        if (command.NextDueAt is { } due && (due <= recording.Now || due > recording.Now + LongestWait)) return new Invalid(nameof(command.NextDueAt), "Report.DueTime", LongestWait.TotalDays);

        var former = await db.FrozenDocuments.Where(d => d.IncidentId == incidentId && d.Kind == DocumentKind.SituationReport).OrderByDescending(d => d.Number).Select(d => new { d.Number, d.MadeAt }).FirstOrDefaultAsync(ct);
        if (former?.Number >= MaxReports) return new Invalid(null, "Report.TooMany", MaxReports);

        var sections = ReportSections.Of(summary, next, command.Audience == Audience.Members ? Visibility.Members : Visibility.Internal);
        var record = await db.ReadDocumentAsync(incidentId, DocumentKind.SituationReport, new(sections, [], []), all: false, recording.Now, ct);
        record = ReportSections.Since(record, former?.MadeAt) with { Language = command.Language, State = PostmortemState.Final, NextDueAt = command.NextDueAt is { } at ? Clock.ToMicroseconds(at) : null };
        var report = await db.FreezeAsync(recording, incidentId, command.Id, record, ct, command.Audience);
        recording.Log(incidentId, new EntryDraft(EntryKind.Postmortem, "", OccurrenceTime.Exactly(recording.Now)) { Change = new EntryChange.SituationReported(report.Number, command.Audience, report.NextDueAt, report.Sha256) });
        return report;
    }, ct);
}

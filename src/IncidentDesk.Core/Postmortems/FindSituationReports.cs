using System.Text.Json;
using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Postmortems;

/// <summary>Reads the situation reports of an incident.</summary>
public sealed class FindSituationReports(DeskDatabase database, RestrictedReads reads, TimeProvider time)
{
    /// <param name="Reports">The newest first.</param>
    /// <param name="NextDueAt">UTC, by the newest one; null when none is announced or the incident is closed.</param>
    public sealed record Found(IReadOnlyList<FindDocuments.Frozen> Reports, DateTime? NextDueAt, bool IsOverdue);

    /// <summary>What its author wrote.</summary>
    public sealed record Words(Audience Audience, string Language, string Summary, string Next);

    public async Task<Result<Found>> HandleAsync(string incidentKey, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, incidentKey, ct)).TryGet(out var entered, out var error)) return error;
        await reads.NoteAsync(db, entered.Member, entered.IncidentId, ct);
        var reports = await Of(db, entered.IncidentId).Select(d => new FindDocuments.Frozen(d.Kind, d.Number, d.Audience, d.MadeAt, d.MadeByName, d.NextDueAt, d.Sha256)).ToListAsync(ct);
        var isClosed = await db.Incidents.AnyAsync(i => i.Id == entered.IncidentId && i.Status == IncidentStatus.Closed, ct);
        var due = isClosed || reports.Count == 0 ? null : reports[0].NextDueAt;
        return new Found(reports, due, due < time.UtcNow());
    }

    /// <summary>What stands in the newest one, to go on from.</summary>
    /// <returns>Null when there is none.</returns>
    public async Task<Result<Words?>> NewestAsync(string incidentKey, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, incidentKey, ct)).TryGet(out var entered, out var error)) return error;
        await reads.NoteAsync(db, entered.Member, entered.IncidentId, ct);
        if (await Of(db, entered.IncidentId).Select(d => new { d.Audience, d.Json }).FirstOrDefaultAsync(ct) is not { } newest) return (Words?)null;
        var record = JsonSerializer.Deserialize<DocumentRecord>(newest.Json, DocumentRecord.Json)!;
        string Body(SectionKind kind) => record.Sections.FirstOrDefault(s => s.Kind == kind)?.Body ?? "";
        return new Words(newest.Audience, record.Language, Body(SectionKind.Summary), Body(SectionKind.FollowUps));
    }

    /// <returns>UTC; what the newest one announced.</returns>
    /// <remarks>The caller has let the reader in.</remarks>
    internal static Task<DateTime?> NextDueAsync(DeskContext db, Guid incidentId, CancellationToken ct) =>
        Of(db, incidentId).IgnoreQueryFilters().Select(d => d.NextDueAt).FirstOrDefaultAsync(ct);

    private static IQueryable<FrozenDocument> Of(DeskContext db, Guid incidentId) =>
        db.FrozenDocuments.AsNoTracking().Where(d => d.IncidentId == incidentId && d.Kind == DocumentKind.SituationReport).OrderByDescending(d => d.Number);
}

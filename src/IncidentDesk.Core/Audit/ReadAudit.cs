using IncidentDesk.Data;
using IncidentDesk.People;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Audit;

/// <summary>Administrators read the audit trail.</summary>
public sealed class ReadAudit(DeskDatabase database)
{
    public const int MaxPage = 200;

    /// <param name="Text">In the name of who did it, or in what it was done to; empty for all.</param>
    /// <param name="PersonId">Who did it or had it done to them.</param>
    /// <param name="From">UTC, inclusive.</param>
    /// <param name="To">UTC, exclusive.</param>
    /// <param name="BeforeId">Only older lines than this one.</param>
    public sealed record Query(string Text = "", AuditKind? Kind = null, Guid? PersonId = null, DateTime? From = null, DateTime? To = null, long? BeforeId = null, int Take = MaxPage);

    /// <param name="Events">Newest first.</param>
    public sealed record Page(IReadOnlyList<AuditEvent> Events, bool HasOlder);

    public async Task<Result<Page>> HandleAsync(Query query, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        if (!member.Role.MayAdminister()) return new Forbidden("Desk.AdministratorsOnly");
        var take = Math.Clamp(query.Take, 1, MaxPage);
        var events = await Matching(db, query).OrderByDescending(e => e.Id).Take(take + 1).ToListAsync(ct);
        var hasOlder = events.Count > take;
        if (hasOlder) events.RemoveAt(take);
        return new Page(events, hasOlder);
    }

    internal static IQueryable<AuditEvent> Matching(DeskContext db, Query query)
    {
        var events = db.AuditEvents.AsNoTracking();
        if (!string.IsNullOrWhiteSpace(query.Text))
        {
            // What no name can hold is in none; and PostgreSQL would not even take a NUL.
            if (!TextRules.Line(nameof(query.Text), query.Text, AuditEvent.MaxSubjectLength).TryGet(out var text, out _)) return events.Where(e => false);
            var pattern = $"%{text.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_").ToLowerInvariant()}%";
            events = events.Where(e => EF.Functions.Like(e.ActorName.ToLower(), pattern, "\\") || EF.Functions.Like(e.Subject.ToLower(), pattern, "\\") || EF.Functions.Like(e.SubjectId!.ToLower(), pattern, "\\"));
        }
        if (query.Kind is { } kind) events = events.Where(e => e.Kind == kind);
        if (query.PersonId is { } person)
        {
            var id = person.ToString();
            events = events.Where(e => e.ActorId == person || e.SubjectId == id);
        }
        if (query.From is { } from) events = events.Where(e => e.At >= from);
        if (query.To is { } to) events = events.Where(e => e.At < to);
        return query.BeforeId is { } before ? events.Where(e => e.Id < before) : events;
    }
}

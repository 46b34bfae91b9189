using IncidentDesk.Data;
using IncidentDesk.People;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Postmortems;

/// <summary>Keeps the words of an incident that are not told outside of the house, and what stands in their place.</summary>
public sealed class KeepTerms(DeskDatabase database, TimeProvider time)
{
    /// <param name="Id">Made by the client; a new one makes a new term.</param>
    public sealed record Command(string IncidentKey, Guid Id, string? Text, string? Replacement);

    /// <returns>The term; or <c>RedactionTerm.IdMissing</c>, <c>RedactionTerm.TooShort</c>, <c>RedactionTerm.Twice</c>, <c>RedactionTerm.TooMany</c>.</returns>
    public Task<Result<RedactionTerm>> SaveAsync(Command command, Actor actor, CancellationToken ct) => WriteAsync<RedactionTerm>(command.IncidentKey, actor, async (db, incidentId) =>
    {
        if (command.Id == Guid.Empty) return new Invalid(nameof(command.Id), "RedactionTerm.IdMissing");
        if (!TextRules.Line(nameof(command.Text), command.Text, RedactionTerm.MaxTextLength).TryGet(out var text, out var error)) return error;
        if (text.Length < 2) return new Invalid(nameof(command.Text), "RedactionTerm.TooShort");
        if (!TextRules.Line(nameof(command.Replacement), command.Replacement, RedactionTerm.MaxTextLength).TryGet(out var replacement, out error)) return error;
        var terms = await db.RedactionTerms.Where(t => t.IncidentId == incidentId).ToListAsync(ct);
        var term = terms.Find(t => t.Id == command.Id);
        if (terms.Exists(t => t.Id != command.Id && Folding.Fold(t.Text) == Folding.Fold(text))) return new Invalid(nameof(command.Text), "RedactionTerm.Twice", text);
        if (term is null && terms.Count >= RedactionTerm.MaxOfIncident) return new Invalid(nameof(command.Text), "RedactionTerm.TooMany", RedactionTerm.MaxOfIncident);
        if (term is null) db.RedactionTerms.Add(term = new RedactionTerm { Id = command.Id, IncidentId = incidentId, Text = text, Replacement = replacement });
        (term.Text, term.Replacement) = (text, replacement);
        return term;
    }, ct);

    /// <returns>Done too where it was removed before.</returns>
    public Task<Result<Done>> RemoveAsync(string incidentKey, Guid id, Actor actor, CancellationToken ct) => WriteAsync<Done>(incidentKey, actor, async (db, incidentId) =>
    {
        if (await db.RedactionTerms.FirstOrDefaultAsync(t => t.Id == id && t.IncidentId == incidentId, ct) is { } term) db.RedactionTerms.Remove(term);
        return Done.Value;
    }, ct);

    /// <summary>For somebody who may respond, one at a time in an incident.</summary>
    private async Task<Result<T>> WriteAsync<T>(string incidentKey, Actor actor, Func<DeskContext, Guid, Task<Result<T>>> change, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, incidentKey, ct)).TryGet(out var entered, out var error)) return error;
        if (!entered.Member.Role.MayRespond()) return new Forbidden("Incident.MayNotChange");
        await using var transaction = await database.BeginWriteAsync(db, ct);
        await database.ReserveSequencesAsync(db, entered.IncidentId, 0, time.UtcNow(), ct);
        // Restricted while we waited for the lock.
        if (!await db.Incidents.AnyAsync(i => i.Id == entered.IncidentId, ct)) return new NotFound("Incident.NotFound", incidentKey);
        if (!(await change(db, entered.IncidentId)).TryGet(out var value, out error)) return error;
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync();
        return value;
    }
}

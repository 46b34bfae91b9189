using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.People;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Postmortems;

/// <summary>Reads what was decided about how an incident is told outside of the house.</summary>
public sealed class ReadRedaction(DeskDatabase database, RestrictedReads reads)
{
    /// <param name="Mark">What stands in its place; see <see cref="PseudonymText"/>.</param>
    /// <param name="Name">What is called so, where it is still known.</param>
    public sealed record Called(NamedThing Thing, int Number, string Mark, string Name);

    /// <param name="Pseudonyms">Null for those who may not respond: with them a published document can be read backwards.</param>
    /// <param name="Terms">Null for the same reason.</param>
    public sealed record Decided(bool MayDecide, IReadOnlyList<RedactionTerm>? Terms, IReadOnlyList<Called>? Pseudonyms, IReadOnlyList<AcceptedLeak> Accepted);

    public async Task<Result<Decided>> HandleAsync(string incidentKey, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, incidentKey, ct)).TryGet(out var entered, out var error)) return error;
        await reads.NoteAsync(db, entered.Member, entered.IncidentId, ct);
        var mayDecide = entered.Member.Role.MayRespond();
        var accepted = await db.AcceptedLeaks.AsNoTracking().Where(l => l.IncidentId == entered.IncidentId).OrderBy(l => l.At).ThenBy(l => l.Id).ToListAsync(ct);
        if (!mayDecide) return new Decided(MayDecide: false, null, null, accepted);
        var terms = await db.RedactionTerms.AsNoTracking().Where(t => t.IncidentId == entered.IncidentId).ToListAsync(ct);
        return new Decided(MayDecide: true, [.. terms.OrderBy(t => Folding.Fold(t.Text), StringComparer.Ordinal)], await PseudonymsAsync(db, entered.IncidentId, ct), accepted);
    }

    private static async Task<IReadOnlyList<Called>> PseudonymsAsync(DeskContext db, Guid incidentId, CancellationToken ct)
    {
        var pseudonyms = await db.Pseudonyms.AsNoTracking().Where(p => p.IncidentId == incidentId).ToListAsync(ct);
        var ids = pseudonyms.Select(p => Guid.TryParse(p.Subject, out var id) ? id : (Guid?)null).OfType<Guid>().ToList();
        var names = (await db.Members.Where(m => EF.Parameter(ids).Contains(m.Id)).Select(m => new { m.Id, m.Name }).ToListAsync(ct))
            .Concat(await db.Assets.Where(a => EF.Parameter(ids).Contains(a.Id)).Select(a => new { a.Id, a.Name }).ToListAsync(ct))
            .Concat(await db.Users.Where(u => EF.Parameter(ids).Contains(u.Id)).Select(u => new { u.Id, Name = u.DisplayName }).ToListAsync(ct)).ToDictionary(n => n.Id.ToString("D"), n => n.Name, StringComparer.Ordinal);
        return [.. pseudonyms.OrderBy(p => p.Thing).ThenBy(p => p.Number).Select(p => new Called(p.Thing, p.Number, PseudonymText.Of(p), names.GetValueOrDefault(p.Subject, p.Subject)))];
    }
}

using IncidentDesk.Data;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.People;

/// <summary>Says whose a bearer token is.</summary>
public sealed class CheckToken(DeskDatabase database, TimeProvider time)
{
    // Often enough to see that a token is in use, seldom enough to cost nothing.
    private static readonly TimeSpan RememberUseEvery = TimeSpan.FromMinutes(5);

    /// <param name="Owner">With a working account.</param>
    public sealed record Known(Guid TokenId, Person Owner, TokenScopes Scopes);

    /// <returns>Null when the token is unknown, revoked or expired, or its owner has no working account.</returns>
    public async Task<Known?> HandleAsync(string token, CancellationToken ct)
    {
        var (hash, now) = (Secret.Hash(token), time.UtcNow());
        await using var db = await database.OpenAsync(ct);
        var found = await db.ApiTokens.AsNoTracking().Where(t => t.Hash == hash && t.RevokedAt == null && t.ExpiresAt > now && t.Person!.DisabledAt == null)
            .Select(t => new { t.Id, t.LastUsedAt, t.Scopes, t.Person }).FirstOrDefaultAsync(ct);
        if (found is null) return null;

        if (found.LastUsedAt is null || now - found.LastUsedAt > RememberUseEvery)
        {
            await using var transaction = await database.BeginWriteAsync(db, ct);
            await db.ApiTokens.Where(t => t.Id == found.Id).ExecuteUpdateAsync(u => u.SetProperty(t => t.LastUsedAt, now), ct);
            await transaction.CommitAsync();
        }
        return new Known(found.Id, found.Person!, found.Scopes);
    }
}

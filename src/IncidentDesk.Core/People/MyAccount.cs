using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.People;

/// <summary>What a person changes about themselves.</summary>
public sealed class MyAccount(DeskDatabase database, TimeProvider time)
{
    public async Task<Result<Person>> ReadAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        return await db.Users.AsNoTracking().FirstAsync(p => p.Id == member.Id, ct);
    }

    public async Task<Result<Person>> ChangeAsync(Actor actor, string name, string language, string timeZone, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        var person = await db.Users.FirstAsync(p => p.Id == member.Id, ct);
        if (!new PersonDetails(name, person.Email!, language, timeZone).Check().TryGet(out var details, out error)) return error;
        (person.DisplayName, person.Language, person.TimeZone) = (details.Name, details.Language, details.TimeZone);
        person.ConcurrencyStamp = Guid.NewGuid().ToString("N");
        await using var transaction = await database.BeginWriteAsync(db, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync();
        return person;
    }

    /// <summary>The actor's own tokens that have not been revoked, newest first.</summary>
    public async Task<Result<IReadOnlyList<ApiToken>>> TokensAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        return Result<IReadOnlyList<ApiToken>>.Ok(await db.ApiTokens.AsNoTracking().Where(t => t.PersonId == member.Id && t.RevokedAt == null).OrderByDescending(t => t.CreatedAt).ToListAsync(ct));
    }

    /// <param name="lifetime">At most <see cref="ApiToken.LongestLifetime"/>.</param>
    /// <returns>The token itself, this once.</returns>
    public async Task<Result<string>> CreateTokenAsync(Actor actor, string name, TokenScopes scopes, TimeSpan lifetime, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        if (!TextRules.Line(nameof(name), name, ApiToken.MaxNameLength).TryGet(out name!, out error)) return error;
        if (scopes == TokenScopes.None || (scopes | ApiToken.AllScopes) != ApiToken.AllScopes) return new Invalid(nameof(scopes), "Token.NoScope");
        if (scopes.HasFlag(TokenScopes.Administer) && !member.Role.MayAdminister()) return new Forbidden("Person.MayNotManage");
        if (lifetime <= TimeSpan.Zero || lifetime > ApiToken.LongestLifetime) return new Invalid(nameof(lifetime), "Token.LifetimeUnknown");
        var (token, now) = (Secret.New(), time.UtcNow());
        await using var transaction = await database.BeginWriteAsync(db, ct);
        var kept = new ApiToken { Id = Guid.CreateVersion7(), PersonId = member.Id, Name = name, Hash = Secret.Hash(token), Scopes = scopes, CreatedAt = now, ExpiresAt = now + lifetime };
        db.ApiTokens.Add(kept);
        db.Audit(now, member, AuditKind.TokenCreated, kept.Id.ToString(), name, after: $"{scopes}, {kept.ExpiresAt:yyyy-MM-dd}");
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync();
        return token;
    }

    public async Task<Result<Done>> RevokeTokenAsync(Actor actor, Guid tokenId, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        var now = time.UtcNow();
        await using var transaction = await database.BeginWriteAsync(db, ct);
        var name = await db.ApiTokens.Where(t => t.Id == tokenId && t.PersonId == member.Id && t.RevokedAt == null).Select(t => t.Name).FirstOrDefaultAsync(ct);
        if (name is null) return new NotFound("Token.NotFound");
        await db.ApiTokens.Where(t => t.Id == tokenId && t.RevokedAt == null).ExecuteUpdateAsync(u => u.SetProperty(t => t.RevokedAt, now), ct);
        db.Audit(now, member, AuditKind.TokenRevoked, tokenId.ToString(), name);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync();
        return Done.Value;
    }
}

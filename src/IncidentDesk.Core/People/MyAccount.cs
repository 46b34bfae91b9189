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

    /// <summary>The actor's own tokens that work, newest first.</summary>
    public async Task<Result<IReadOnlyList<ApiToken>>> TokensAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        return Result<IReadOnlyList<ApiToken>>.Ok(await db.ApiTokens.AsNoTracking().Where(t => t.PersonId == member.Id && t.RevokedAt == null).OrderByDescending(t => t.CreatedAt).ToListAsync(ct));
    }

    /// <returns>The token itself, this once.</returns>
    public async Task<Result<string>> CreateTokenAsync(Actor actor, string name, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        if (!TextRules.Line(nameof(name), name, ApiToken.MaxNameLength).TryGet(out name!, out error)) return error;
        var token = Secret.New();
        await using var transaction = await database.BeginWriteAsync(db, ct);
        db.ApiTokens.Add(new ApiToken { Id = Guid.CreateVersion7(), PersonId = member.Id, Name = name, Hash = Secret.Hash(token), CreatedAt = time.UtcNow() });
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
        var revoked = await db.ApiTokens.Where(t => t.Id == tokenId && t.PersonId == member.Id && t.RevokedAt == null).ExecuteUpdateAsync(u => u.SetProperty(t => t.RevokedAt, now), ct);
        await transaction.CommitAsync();
        return revoked == 0 ? new NotFound("Token.NotFound") : Done.Value;
    }
}

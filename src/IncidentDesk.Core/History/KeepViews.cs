using IncidentDesk.Data;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.History;

/// <summary>People keep questions to the list of incidents by names of their own. Nobody else sees them.</summary>
public sealed class KeepViews(DeskDatabase database, TimeProvider time)
{
    /// <param name="ViewId">Made by the client; a new one keeps a new view.</param>
    /// <param name="Query">The part of the list's address after the question mark.</param>
    public sealed record Command(Guid ViewId, string? Name, string? Query);

    /// <summary>The actor's own, in order of saving.</summary>
    public async Task<Result<IReadOnlyList<SavedView>>> ListAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        return Result<IReadOnlyList<SavedView>>.Ok(await db.SavedViews.AsNoTracking().Where(v => v.PersonId == member.Id).OrderBy(v => v.CreatedAt).ThenBy(v => v.Id).ToListAsync(ct));
    }

    /// <summary>Keeps a view, or gives one that is kept another name or question.</summary>
    public async Task<Result<SavedView>> SaveAsync(Command command, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        if (command.ViewId == Guid.Empty) return new Invalid(nameof(command.ViewId), "View.IdMissing");
        if (!TextRules.Line(nameof(command.Name), command.Name, SavedView.MaxNameLength).TryGet(out var name, out error)) return error;
        if (!TextRules.Line(nameof(command.Query), command.Query?.TrimStart('?'), SavedView.MaxQueryLength).TryGet(out var query, out error)) return error;

        await using var transaction = await database.BeginWriteAsync(db, ct);
        // The person's own row is locked, so that of two requests at once none goes past the count.
        await db.Users.Where(p => p.Id == member.Id).ExecuteUpdateAsync(u => u.SetProperty(p => p.DisplayName, p => p.DisplayName), ct);
        var view = await db.SavedViews.FirstOrDefaultAsync(v => v.Id == command.ViewId, ct);
        if (view is not null && view.PersonId != member.Id) return new NotFound("View.NotFound");
        if (view is null)
        {
            if (await db.SavedViews.CountAsync(v => v.PersonId == member.Id, ct) >= SavedView.MaxCount) return new Invalid(null, "View.TooMany", SavedView.MaxCount);
            db.SavedViews.Add(view = new SavedView { Id = command.ViewId, PersonId = member.Id, Name = name, Query = query, CreatedAt = time.UtcNow() });
        }
        else (view.Name, view.Query) = (name, query);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync();
        return view;
    }

    public async Task<Result<Done>> DeleteAsync(Guid viewId, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        await using var transaction = await database.BeginWriteAsync(db, ct);
        var deleted = await db.SavedViews.Where(v => v.Id == viewId && v.PersonId == member.Id).ExecuteDeleteAsync(ct);
        await transaction.CommitAsync();
        return deleted == 0 ? new NotFound("View.NotFound") : Done.Value;
    }
}

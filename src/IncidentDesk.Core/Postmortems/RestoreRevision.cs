using IncidentDesk.Shared;

namespace IncidentDesk.Postmortems;

/// <summary>Writes a section as it once was. What stood until then stays in its history, and how far it may travel is not changed: an old text must not leave the house because it once was allowed to.</summary>
public sealed class RestoreRevision(ReadRevisions revisions, SaveSection save)
{
    /// <param name="Version">Of the section as the person saw it.</param>
    /// <param name="Number">Of the revision.</param>
    public sealed record Command(string IncidentKey, Guid SectionId, int Version, int Number);

    /// <returns>The section, or a <see cref="Conflict"/> with the one that stands.</returns>
    public async Task<Result<PostmortemSection>> HandleAsync(Command command, Actor actor, CancellationToken ct)
    {
        // Whoever may not write is told so, not whether there is such a revision.
        var old = (await revisions.HandleAsync(command.IncidentKey, command.SectionId, actor, ct)).TryGet(out var all, out _) ? all.FirstOrDefault(r => r.Number == command.Number) : null;
        var saved = await save.HandleAsync(new(command.IncidentKey, command.SectionId, command.Version, old?.Body, old?.TitleEn, old?.TitleEs, Apart: true), actor, ct);
        return old is null && saved.Succeeded ? new NotFound("Postmortem.RevisionNotFound", command.Number) : saved;
    }
}

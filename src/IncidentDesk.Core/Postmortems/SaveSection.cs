using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Postmortems;

/// <summary>Keeps what is typed into a section. Its history grows by a revision, or the writer's own last one grows.</summary>
public sealed class SaveSection(PostmortemWriter writer)
{
    /// <summary>What is null stays as it is.</summary>
    /// <param name="Version">The one on which it was written.</param>
    /// <param name="Apart">A revision of its own, whatever was typed a moment ago.</param>
    public sealed record Command(string IncidentKey, Guid SectionId, int Version, string? Body = null, string? TitleEn = null, string? TitleEs = null, Visibility? Visibility = null, bool Apart = false);

    /// <returns>The section, or a <see cref="Conflict"/> with the one that stands.</returns>
    public Task<Result<PostmortemSection>> HandleAsync(Command command, Actor actor, CancellationToken ct) => writer.WriteAsync<PostmortemSection>(command.IncidentKey, actor, async write =>
    {
        if (!(await write.SectionAsync(command.SectionId, ct)).TryGet(out var section, out var error)) return error;
        var (body, titleEn, titleEs) = (section.Body, section.TitleEn, section.TitleEs);
        if (command.Body is not null && !TextRules.OptionalLines(nameof(command.Body), command.Body, PostmortemSection.MaxBodyLength).TryGet(out body, out error)) return error;
        if (command.TitleEn is not null && !TextRules.Line(nameof(command.TitleEn), command.TitleEn, PostmortemSection.MaxTitleLength).TryGet(out titleEn, out error)) return error;
        if (command.TitleEs is not null && !TextRules.Line(nameof(command.TitleEs), command.TitleEs, PostmortemSection.MaxTitleLength).TryGet(out titleEs, out error)) return error;
        var visibility = command.Visibility ?? section.Visibility;
        // Asked again because the answer was lost, or two who wrote the same.
        if ((body, titleEn, titleEs, visibility) == (section.Body, section.TitleEn, section.TitleEs, section.Visibility)) return section;
        if (command.Version != section.Version) return new Conflict("Postmortem.SectionConflict", section);

        (section.Body, section.TitleEn, section.TitleEs, section.Visibility) = (body, titleEn, titleEs, visibility);
        (section.EditedAt, section.EditedById, section.EditedByName) = (write.Now, write.Member.Id, write.Member.Name);
        section.Version++;
        await KeepAsync(write, section, command.Apart, ct);
        return section;
    }, ct);

    private static async Task KeepAsync(PostmortemWriter.Write write, PostmortemSection section, bool apart, CancellationToken ct)
    {
        var last = await write.Db.SectionRevisions.Where(r => r.SectionId == section.Id).OrderByDescending(r => r.Number).FirstOrDefaultAsync(ct);
        if (!apart && last is { Number: > 1 } && last.ById == write.Member.Id && write.Now - last.ToAt <= SectionRevision.Together)
        {
            (last.Body, last.TitleEn, last.TitleEs, last.Visibility, last.ToAt) = (section.Body, section.TitleEn, section.TitleEs, section.Visibility, write.Now);
            return;
        }
        write.Db.SectionRevisions.Add(SectionRevision.Of(section, (last?.Number ?? 0) + 1));
    }
}

using IncidentDesk.Shared;
using IncidentDesk.Timeline;

namespace IncidentDesk.Postmortems;

/// <summary>Adds, removes, brings back and orders the sections of a document. What is written in them is not touched, and no version is raised: whoever types goes on.</summary>
public sealed class ArrangeSections(PostmortemWriter writer)
{
    /// <param name="Id">Made by the client, so that a repeated request adds once.</param>
    /// <param name="TitleEs">One title is enough; it stands for both languages then.</param>
    /// <param name="AfterId">Null for the end.</param>
    public sealed record New(string IncidentKey, Guid Id, string? TitleEn, string? TitleEs, Visibility Visibility = Visibility.Internal, Guid? AfterId = null);

    /// <param name="To">0, 1, 2, … among those that stand; what lies beyond is the end.</param>
    public sealed record Place(string IncidentKey, Guid SectionId, int To);

    public Task<Result<PostmortemSection>> AddAsync(New command, Actor actor, CancellationToken ct) => writer.WriteAsync<PostmortemSection>(command.IncidentKey, actor, async write =>
    {
        if (command.Id == Guid.Empty) return new Invalid(nameof(command.Id), "Postmortem.IdMissing");
        var (en, es) = (command.TitleEn, command.TitleEs);
        if (string.IsNullOrWhiteSpace(en)) en = es;
        if (string.IsNullOrWhiteSpace(es)) es = en;
        if (!TextRules.Line(nameof(command.TitleEn), en, PostmortemSection.MaxTitleLength).TryGet(out var titleEn, out var error)) return error;
        if (!TextRules.Line(nameof(command.TitleEs), es, PostmortemSection.MaxTitleLength).TryGet(out var titleEs, out error)) return error;
        var sections = await write.SectionsAsync(ct);
        if (sections.Find(s => s.Id == command.Id) is { } earlier) return earlier;
        if (sections.Count >= PostmortemSection.MaxOfDocument) return new Invalid(null, "Postmortem.TooManySections", PostmortemSection.MaxOfDocument);

        var section = new PostmortemSection
        {
            Id = command.Id,
            PostmortemId = write.Postmortem.Id,
            Kind = SectionKind.Other,
            TitleEn = titleEn,
            TitleEs = titleEs,
            Visibility = command.Visibility,
            EditedAt = write.Now,
            EditedById = write.Member.Id,
            EditedByName = write.Member.Name,
        };
        write.Db.PostmortemSections.Add(section);
        write.Db.SectionRevisions.Add(SectionRevision.Of(section, 1));
        var after = sections.FindIndex(s => s.Id == command.AfterId);
        sections.Insert(after < 0 ? sections.Count : after + 1, section);
        Number(sections);
        return section;
    }, ct);

    /// <summary>It can be brought back with all that it held.</summary>
    public Task<Result<PostmortemSection>> RemoveAsync(string incidentKey, Guid sectionId, Actor actor, CancellationToken ct) => StandsAsync(incidentKey, sectionId, stands: false, actor, ct);

    /// <summary>Back where it stood.</summary>
    public Task<Result<PostmortemSection>> RestoreAsync(string incidentKey, Guid sectionId, Actor actor, CancellationToken ct) => StandsAsync(incidentKey, sectionId, stands: true, actor, ct);

    /// <returns>Those that stand, in their new order.</returns>
    public Task<Result<IReadOnlyList<PostmortemSection>>> MoveAsync(Place command, Actor actor, CancellationToken ct) => writer.WriteAsync<IReadOnlyList<PostmortemSection>>(command.IncidentKey, actor, async write =>
    {
        if (!(await write.SectionAsync(command.SectionId, ct)).TryGet(out var section, out var error)) return error;
        var sections = await write.SectionsAsync(ct);
        sections.Remove(section);
        // Removed ones keep the neighbour behind which they stood.
        var others = sections.FindAll(s => s.RemovedAt is null);
        var to = Math.Clamp(command.To, 0, others.Count);
        sections.Insert(to == others.Count ? sections.Count : sections.IndexOf(others[to]), section);
        Number(sections);
        return Result<IReadOnlyList<PostmortemSection>>.Ok(sections.FindAll(s => s.RemovedAt is null));
    }, ct);

    private Task<Result<PostmortemSection>> StandsAsync(string incidentKey, Guid sectionId, bool stands, Actor actor, CancellationToken ct) => writer.WriteAsync<PostmortemSection>(incidentKey, actor, async write =>
    {
        var section = (await write.SectionsAsync(ct)).Find(s => s.Id == sectionId);
        if (section is null) return new NotFound("Postmortem.SectionNotFound");
        if (stands != (section.RemovedAt is null)) section.RemovedAt = stands ? null : write.Now;
        return section;
    }, ct);

    private static void Number(List<PostmortemSection> sections)
    {
        for (var i = 0; i < sections.Count; i++) sections[i].Position = (i + 1) * PostmortemSection.Step;
    }
}

using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.People;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Postmortems;

/// <summary>Administrators write, change and retire the templates of postmortems. Documents that were begun stay as they are.</summary>
public sealed class KeepPostmortemTemplates(DeskDatabase database, TimeProvider time)
{
    /// <param name="TemplateId">Made by the client; a new one makes a new template.</param>
    /// <param name="Version">The one that the person saw; 0 for a new template.</param>
    public sealed record Command(Guid TemplateId, int Version, string? NameEn, string? NameEs, IReadOnlyList<TemplateSection> Sections, bool IsRetired = false);

    /// <returns>The template, or a <see cref="Conflict"/> with the one that stands.</returns>
    public async Task<Result<PostmortemTemplate>> HandleAsync(Command command, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        if (!member.Role.MayAdminister()) return new Forbidden("Desk.AdministratorsOnly");
        if (command.TemplateId == Guid.Empty) return new Invalid(nameof(command.TemplateId), "Postmortem.IdMissing");
        if (!TextRules.Line(nameof(command.NameEn), command.NameEn, PostmortemTemplate.MaxNameLength).TryGet(out var en, out error)) return error;
        if (!TextRules.Line(nameof(command.NameEs), command.NameEs, PostmortemTemplate.MaxNameLength).TryGet(out var es, out error)) return error;
        if (!Check(command.Sections).TryGet(out var sections, out error)) return error;

        await using var transaction = await database.BeginWriteAsync(db, ct);
        var template = await db.PostmortemTemplates.FirstOrDefaultAsync(t => t.Id == command.TemplateId, ct);
        var before = template is null ? null : Facts(template);
        if (template is not null)
        {
            if ((template.NameEn, template.NameEs, template.RetiredAt is not null) == (en, es, command.IsRetired) && template.Sections.SequenceEqual(sections)) return template;
            if (template.Version != command.Version) return new Conflict("Postmortem.TemplateConflict", template);
            template.Version++;
        }
        else db.PostmortemTemplates.Add(template = new PostmortemTemplate { Id = command.TemplateId, NameEn = en, NameEs = es });
        (template.NameEn, template.NameEs, template.Sections) = (en, es, sections);
        template.RetiredAt = command.IsRetired ? template.RetiredAt ?? time.UtcNow() : null;
        var (was, now) = AuditJson.Between(before, Facts(template));
        db.Audit(time.UtcNow(), member, AuditKind.SettingChanged, template.Id.ToString(), en, was, now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync();
        return template;
    }

    private static object Facts(PostmortemTemplate t) => new { t.NameEn, t.NameEs, t.Sections, IsRetired = t.RetiredAt is not null };

    private static Result<List<TemplateSection>> Check(IReadOnlyList<TemplateSection> given)
    {
        const string field = nameof(Command.Sections);
        if (given.Count == 0) return new Invalid(field, "Postmortem.NoSections");
        if (given.Count > PostmortemTemplate.MaxSections) return new Invalid(field, "Postmortem.TooManySections", PostmortemTemplate.MaxSections);
        var sections = new List<TemplateSection>();
        foreach (var section in given)
        {
            if (string.IsNullOrWhiteSpace(section.TitleEn) || string.IsNullOrWhiteSpace(section.TitleEs)) return new Invalid(field, "Postmortem.TitleInBothLanguages", sections.Count + 1);
            if (!TextRules.Line(field, section.TitleEn, PostmortemSection.MaxTitleLength).TryGet(out var titleEn, out var error)) return error;
            if (!TextRules.Line(field, section.TitleEs, PostmortemSection.MaxTitleLength).TryGet(out var titleEs, out error)) return error;
            if (!TextRules.OptionalLines(field, section.GuidanceEn, PostmortemSection.MaxGuidanceLength).TryGet(out var guidanceEn, out error)) return error;
            if (!TextRules.OptionalLines(field, section.GuidanceEs, PostmortemSection.MaxGuidanceLength).TryGet(out var guidanceEs, out error)) return error;
            if (!TextRules.OptionalLines(field, section.Body, PostmortemTemplate.MaxBodyLength).TryGet(out var body, out error)) return error;
            sections.Add(new TemplateSection(section.Kind, titleEn, titleEs, guidanceEn, guidanceEs, section.Visibility, body));
        }
        return sections;
    }
}

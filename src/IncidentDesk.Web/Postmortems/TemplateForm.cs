using IncidentDesk.Postmortems;
using IncidentDesk.Timeline;

namespace IncidentDesk.Web.Postmortems;

/// <summary>A template as it is being written.</summary>
public sealed class TemplateForm
{
    /// <summary>A section as it is being written; a new object each, so that moving one keeps its fields and the focus.</summary>
    public sealed class Section
    {
        public SectionKind Kind { get; set; } = SectionKind.Other;
        public string TitleEn { get; set; } = "";
        public string TitleEs { get; set; } = "";
        public string GuidanceEn { get; set; } = "";
        public string GuidanceEs { get; set; } = "";
        public Visibility Visibility { get; set; }
        public string Body { get; set; } = "";
    }

    public string NameEn { get; set; } = "";
    public string NameEs { get; set; } = "";
    public bool IsRetired { get; set; }
    public List<Section> Sections { get; init; } = [new()];

    /// <param name="template">Null for a new one.</param>
    public static TemplateForm Of(PostmortemTemplate? template) => template is null ? new TemplateForm() : new TemplateForm
    {
        NameEn = template.NameEn,
        NameEs = template.NameEs,
        IsRetired = template.RetiredAt is not null,
        Sections = [.. template.Sections.Select(s => new Section { Kind = s.Kind, TitleEn = s.TitleEn, TitleEs = s.TitleEs, GuidanceEn = s.GuidanceEn, GuidanceEs = s.GuidanceEs, Visibility = s.Visibility, Body = s.Body })],
    };

    public KeepPostmortemTemplates.Command ToCommand(Guid id, int version) =>
        new(id, version, NameEn, NameEs, [.. Sections.Select(s => new TemplateSection(s.Kind, s.TitleEn, s.TitleEs, s.GuidanceEn, s.GuidanceEs, s.Visibility, s.Body))], IsRetired);

    public string AsText() => string.Join('\n', [$"{NameEn} / {NameEs}", .. Sections.Select((s, i) => $"{i + 1}. {s.TitleEn} / {s.TitleEs}\n{s.Body}")]);

    public void MoveUp(int section) => (Sections[section - 1], Sections[section]) = (Sections[section], Sections[section - 1]);
}

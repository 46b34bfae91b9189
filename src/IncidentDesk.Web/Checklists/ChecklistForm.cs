using IncidentDesk.Checklists;

namespace IncidentDesk.Web.Checklists;

/// <summary>A checklist as it is being written.</summary>
public sealed class ChecklistForm
{
    /// <summary>A step as it is being written; a new object each, so that moving one keeps its fields and the focus.</summary>
    public sealed class Step
    {
        public string En { get; set; } = "";
        public string Es { get; set; } = "";
    }

    public string TitleEn { get; set; } = "";
    public string TitleEs { get; set; } = "";
    public string Source { get; set; } = "";
    public bool IsRetired { get; set; }
    public List<Step> Steps { get; init; } = [new()];

    /// <param name="checklist">Null for a new one.</param>
    public static ChecklistForm Of(Checklist? checklist) => checklist is null ? new ChecklistForm() : new ChecklistForm
    {
        TitleEn = checklist.TitleEn,
        TitleEs = checklist.TitleEs,
        Source = checklist.Source,
        IsRetired = checklist.RetiredAt is not null,
        Steps = [.. checklist.Steps.Select(s => new Step { En = s.En, Es = s.Es })],
    };

    public KeepChecklists.Command ToCommand(Guid id, int version) => new(id, version, TitleEn, TitleEs, Source, [.. Steps.Select(s => new ChecklistStep(s.En, s.Es))], IsRetired);

    public string AsText() => string.Join('\n', [$"{TitleEn} / {TitleEs}", .. Steps.Select((s, i) => $"{i + 1}. {s.En} / {s.Es}"), Source]);

    public void MoveUp(int step) => (Steps[step - 1], Steps[step]) = (Steps[step], Steps[step - 1]);
}

using IncidentDesk.Checklists;

namespace IncidentDesk.Web.Checklists;

/// <summary>A checklist in the API.</summary>
public sealed record ChecklistAnswer(Guid Id, string TitleEn, string TitleEs, string Source, IReadOnlyList<ChecklistStep> Steps, bool IsRetired, int Version)
{
    public static ChecklistAnswer Of(Checklist c) => new(c.Id, c.TitleEn, c.TitleEs, c.Source, c.Steps, c.RetiredAt is not null, c.Version);
}

/// <summary>A checklist on an incident, as its steps were when it was attached.</summary>
/// <param name="Id">Of the attachment: another one each time that the checklist is attached.</param>
public sealed record AttachedAnswer(
    Guid Id, Guid ChecklistId, string TitleEn, string TitleEs, string Source, IReadOnlyList<AttachedAnswer.StepAnswer> Steps, DateTime AttachedAt, string AttachedBy, DateTime? DetachedAt)
{
    /// <param name="Step">0, 1, 2, …</param>
    /// <param name="TickedAt">Null while it is open.</param>
    public sealed record StepAnswer(int Step, string En, string Es, DateTime? TickedAt, string? TickedBy);

    public static AttachedAnswer Of(IncidentChecklist c) => new(c.Id, c.ChecklistId, c.TitleEn, c.TitleEs, c.Source, [.. c.Steps.Select((s, i) => Step(s, i, c.Ticks.Find(t => t.Step == i)))], c.AttachedAt, c.AttachedByName, c.DetachedAt);

    private static StepAnswer Step(ChecklistStep step, int index, ChecklistTick? tick) => new(index, step.En, step.Es, tick?.TickedAt, tick?.ByName);
}

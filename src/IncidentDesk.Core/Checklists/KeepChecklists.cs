using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.People;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Checklists;

/// <summary>Administrators write, change and retire checklists. What is attached to an incident stays as it was then.</summary>
public sealed class KeepChecklists(DeskDatabase database, TimeProvider time)
{
    /// <param name="ChecklistId">Made by the client; a new one makes a new checklist.</param>
    /// <param name="Version">The one that the person saw; 0 for a new checklist.</param>
    public sealed record Command(Guid ChecklistId, int Version, string? TitleEn, string? TitleEs, string? Source, IReadOnlyList<ChecklistStep> Steps, bool IsRetired = false);

    /// <returns>The checklist, or a <see cref="Conflict"/> with the one that stands.</returns>
    public async Task<Result<Checklist>> HandleAsync(Command command, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        if (!member.Role.MayAdminister()) return new Forbidden("Desk.AdministratorsOnly");
        if (command.ChecklistId == Guid.Empty) return new Invalid(nameof(command.ChecklistId), "Checklist.IdMissing");
        if (!TextRules.Line(nameof(command.TitleEn), command.TitleEn, Checklist.MaxTitleLength).TryGet(out var en, out error)) return error;
        if (!TextRules.Line(nameof(command.TitleEs), command.TitleEs, Checklist.MaxTitleLength).TryGet(out var es, out error)) return error;
        if (!TextRules.OptionalLines(nameof(command.Source), command.Source, Checklist.MaxSourceLength).TryGet(out var source, out error)) return error;
        if (!Check(command.Steps).TryGet(out var steps, out error)) return error;

        await using var transaction = await database.BeginWriteAsync(db, ct);
        var checklist = await db.Checklists.FirstOrDefaultAsync(c => c.Id == command.ChecklistId, ct);
        var before = checklist is null ? null : Facts(checklist);
        if (checklist is not null)
        {
            var isSame = (checklist.TitleEn, checklist.TitleEs, checklist.Source, checklist.RetiredAt is not null) == (en, es, source, command.IsRetired) && checklist.Steps.SequenceEqual(steps);
            if (isSame) return checklist;
            if (checklist.Version != command.Version) return new Conflict("Checklist.Conflict", checklist);
            checklist.Version++;
        }
        else db.Checklists.Add(checklist = new Checklist { Id = command.ChecklistId, TitleEn = en, TitleEs = es });
        (checklist.TitleEn, checklist.TitleEs, checklist.Source, checklist.Steps) = (en, es, source, steps);
        checklist.RetiredAt = command.IsRetired ? checklist.RetiredAt ?? time.UtcNow() : null;
        var (was, now) = AuditJson.Between(before, Facts(checklist));
        db.Audit(time.UtcNow(), member, AuditKind.SettingChanged, checklist.Id.ToString(), en, was, now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync();
        return checklist;
    }

    private static object Facts(Checklist c) => new { c.TitleEn, c.TitleEs, c.Source, c.Steps, IsRetired = c.RetiredAt is not null };

    private static Result<List<ChecklistStep>> Check(IReadOnlyList<ChecklistStep> given)
    {
        if (given.Count == 0) return new Invalid(nameof(Command.Steps), "Checklist.NoSteps");
        if (given.Count > Checklist.MaxSteps) return new Invalid(nameof(Command.Steps), "Checklist.TooManySteps", given.Count, Checklist.MaxSteps);
        var steps = new List<ChecklistStep>();
        foreach (var step in given)
        {
            if (string.IsNullOrWhiteSpace(step.En) || string.IsNullOrWhiteSpace(step.Es)) return new Invalid(nameof(Command.Steps), "Checklist.StepInBothLanguages", steps.Count + 1);
            if (!TextRules.Line(nameof(Command.Steps), step.En, Checklist.MaxStepLength).TryGet(out var en, out var error)) return error;
            if (!TextRules.Line(nameof(Command.Steps), step.Es, Checklist.MaxStepLength).TryGet(out var es, out error)) return error;
            steps.Add(new ChecklistStep(en, es));
        }
        return steps;
    }
}

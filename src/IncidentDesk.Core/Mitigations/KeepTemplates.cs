using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.People;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Mitigations;

/// <summary>Administrators write down mitigations before they are needed.</summary>
public sealed class KeepTemplates(DeskDatabase database, TimeProvider time)
{
    /// <param name="TemplateId">Made by the client; a new one makes a new template.</param>
    /// <param name="Version">The one that the person saw; 0 for a new template.</param>
    /// <param name="Facts">Scope and times count for nothing here.</param>
    public sealed record Command(Guid TemplateId, int Version, MitigationFacts Facts, int? ReviewAfterMinutes, bool IsRetired = false);

    /// <returns>The template, or a <see cref="Conflict"/> with the one that stands.</returns>
    public async Task<Result<MitigationTemplate>> HandleAsync(Command command, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        if (!member.Role.MayAdminister()) return new Forbidden("Desk.AdministratorsOnly");
        if (command.TemplateId == Guid.Empty) return new Invalid(nameof(command.TemplateId), "Mitigation.IdMissing");
        if (command.ReviewAfterMinutes is < 1 or > 525_600) return new Invalid(nameof(command.ReviewAfterMinutes), "Mitigation.ReviewMinutes");
        var typed = command.Facts with { Scope = [], ReviewBy = null, ExpiresAt = null, AskedAt = null, AnsweredAt = null };
        if (!(await typed.CheckAsync(db, time.UtcNow(), null, ct)).TryGet(out var facts, out error)) return error;

        await using var transaction = await database.BeginWriteAsync(db, ct);
        var template = await db.MitigationTemplates.FirstOrDefaultAsync(t => t.Id == command.TemplateId, ct);
        if (template is not null && template.Version != command.Version) return new Conflict("Mitigation.TemplateConflict", template);
        var before = template is null ? null : Facts(template);
        if (template is null) db.MitigationTemplates.Add(template = new MitigationTemplate { Id = command.TemplateId, Title = facts.Title, Kind = facts.Kind });
        else template.Version++;
        (template.Title, template.Kind, template.Actor, template.AppliedBy) = (facts.Title, facts.Kind, facts.Actor!.Value, facts.AppliedBy);
        (template.Command, template.Revert, template.ExpectedEffect, template.SideEffects) = (facts.Command, facts.Revert, facts.ExpectedEffect, facts.SideEffects);
        template.ReviewAfterMinutes = command.ReviewAfterMinutes;
        template.RetiredAt = command.IsRetired ? template.RetiredAt ?? time.UtcNow() : null;
        var (was, now) = AuditJson.Between(before, Facts(template));
        if (now is not null) db.Audit(time.UtcNow(), member, AuditKind.SettingChanged, template.Id.ToString(), template.Title, was, now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync();
        return template;
    }

    private static object Facts(MitigationTemplate t) =>
        new { t.Title, t.Kind, t.Actor, t.AppliedBy, t.Command, t.Revert, t.ExpectedEffect, t.SideEffects, t.ReviewAfterMinutes, IsRetired = t.RetiredAt is not null };
}

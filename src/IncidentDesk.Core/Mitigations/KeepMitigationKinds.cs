using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.People;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Mitigations;

/// <summary>Administrators add sorts of defences, rename and retire them.</summary>
public sealed class KeepMitigationKinds(DeskDatabase database, TimeProvider time)
{
    /// <param name="Slug">Lower case letters, digits and <c>-</c>; a new one makes a new kind.</param>
    public sealed record Command(string Slug, string NameEn, string NameEs, MitigationActor Actor, bool SacrificesTarget, bool IsRetired = false);

    public async Task<Result<MitigationKind>> HandleAsync(Command command, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        if (!member.Role.MayAdminister()) return new Forbidden("Desk.AdministratorsOnly");
        var slug = command.Slug.Trim();
        if (slug.Length is 0 or > MitigationKind.MaxSlugLength || !slug.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')) return new Invalid(nameof(command.Slug), "Mitigation.SlugForm");
        if (!TextRules.Line(nameof(command.NameEn), command.NameEn, MitigationKind.MaxNameLength).TryGet(out var en, out error)) return error;
        if (!TextRules.Line(nameof(command.NameEs), command.NameEs, MitigationKind.MaxNameLength).TryGet(out var es, out error)) return error;

        await using var transaction = await database.BeginWriteAsync(db, ct);
        var kind = await db.MitigationKinds.FirstOrDefaultAsync(k => k.Slug == slug, ct);
        var before = kind is null ? null : Facts(kind);
        if (kind is null) db.MitigationKinds.Add(kind = new MitigationKind { Slug = slug, NameEn = en, NameEs = es });
        (kind.NameEn, kind.NameEs, kind.Actor, kind.SacrificesTarget) = (en, es, command.Actor, command.SacrificesTarget);
        kind.RetiredAt = command.IsRetired ? kind.RetiredAt ?? time.UtcNow() : null;
        var (was, now) = AuditJson.Between(before, Facts(kind));
        if (now is not null) db.Audit(time.UtcNow(), member, AuditKind.SettingChanged, slug, en, was, now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync();
        return kind;
    }

    private static object Facts(MitigationKind k) => new { k.NameEn, k.NameEs, k.Actor, k.SacrificesTarget, IsRetired = k.RetiredAt is not null };
}

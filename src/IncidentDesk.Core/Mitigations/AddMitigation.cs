using IncidentDesk.Attacks;
using IncidentDesk.Data;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Mitigations;

/// <summary>Puts something up against an attack, or proposes or asks for it.</summary>
public sealed class AddMitigation(IncidentWriter writer)
{
    /// <param name="MitigationId">Made by the client; the same again is answered with what it made first.</param>
    /// <param name="Name">Null to make one of the kind: <c>rate-limit</c>, <c>rate-limit-2</c>, …</param>
    /// <param name="State">One of <see cref="MitigationStates.First"/>.</param>
    /// <param name="When">Of that state; null for now by the desk's clock.</param>
    /// <param name="Against">Ids of the waves of this incident that it is to stop; null for none.</param>
    public sealed record Command(
        Guid MitigationId, string IncidentKey, string? Name, MitigationState State, MitigationFacts Facts, OccurrenceTime? When = null, string? Reason = null, IReadOnlyList<Guid>? Against = null);

    public Task<Result<Mitigation>> HandleAsync(Command command, Actor actor, CancellationToken ct) =>
        writer.RecordAsync(actor, IncidentWriter.Of(command.IncidentKey, ct), recording => AddAsync(recording, command, ct), ct);

    internal static async Task<Result<Mitigation>> AddAsync(IncidentWriter.Recording recording, Command command, CancellationToken ct)
    {
        var (db, incidentId) = (recording.Db, recording.IncidentIds.Single());
        if (command.MitigationId == Guid.Empty) return new Invalid(nameof(command.MitigationId), "Mitigation.IdMissing");
        var earlier = await db.Mitigations.IgnoreQueryFilters().AsNoTracking().AsSplitQuery().Include(m => m.Steps).Include(m => m.Scope).Include(m => m.Incidents).FirstOrDefaultAsync(m => m.Id == command.MitigationId, ct);
        if (earlier is not null) return earlier.Incidents.Exists(i => i.IncidentId == incidentId) && earlier.Title == command.Facts.Title.Trim() ? earlier : new Invalid(nameof(command.MitigationId), "Mitigation.IdTaken");

        if (!MitigationStates.First.Contains(command.State)) return new Invalid(nameof(command.State), "Mitigation.NoFirstState", command.State);
        if (!(await command.Facts.CheckAsync(db, recording.Now, null, ct)).TryGet(out var facts, out var error)) return error;
        if (!TextRules.OptionalLines(nameof(command.Reason), command.Reason, Mitigation.MaxTextLength).TryGet(out var reason, out error)) return error;
        if (!TimeRules.Check(nameof(command.When), command.When ?? OccurrenceTime.Exactly(recording.Now), recording.Now).TryGet(out var when, out error)) return error;
        if (!(await NameAsync(db, command, ct)).TryGet(out var name, out error)) return error;
        Guid[] waves = [.. (command.Against ?? []).Distinct()];
        if (await db.AttackWaves.CountAsync(w => w.IncidentId == incidentId && !w.IsWithdrawn && waves.Contains(w.Id), ct) != waves.Length) return new Invalid(nameof(command.Against), "Mitigation.WaveUnknown");

        if (command.State == MitigationState.Requested) facts = facts with { AskedAt = facts.AskedAt ?? when.At };
        var mitigation = new Mitigation { Id = command.MitigationId, Name = name, FoldedName = Folding.Fold(name), Title = facts.Title, Kind = facts.Kind, Actor = facts.Actor!.Value, CreatedAt = recording.Now };
        facts.WriteTo(mitigation);
        mitigation.Incidents.Add(new IncidentMitigation { IncidentId = incidentId, MitigationId = mitigation.Id });
        db.Mitigations.Add(mitigation);
        db.WaveDefences.AddRange(waves.Select(id => new WaveDefence { WaveId = id, MitigationId = mitigation.Id }));
        recording.Move(mitigation, null, command.State, when, reason);
        return mitigation;
    }

    private static async Task<Result<string>> NameAsync(DeskContext db, Command command, CancellationToken ct)
    {
        if (!string.IsNullOrWhiteSpace(command.Name))
        {
            if (!TextRules.Line(nameof(command.Name), command.Name.TrimStart('+'), Mitigation.MaxNameLength).TryGet(out var given, out var error)) return error;
            if (!given.All(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_')) return new Invalid(nameof(command.Name), "Mitigation.NameForm");
            var folded = Folding.Fold(given);
            return await db.Mitigations.IgnoreQueryFilters().AnyAsync(m => m.FoldedName == folded, ct) ? new Invalid(nameof(command.Name), "Mitigation.NameTaken", given) : given;
        }
        var kind = command.Facts.Kind;
        var taken = (await db.Mitigations.IgnoreQueryFilters().Where(m => m.FoldedName.StartsWith(kind)).Select(m => m.FoldedName).ToListAsync(ct)).ToHashSet(StringComparer.Ordinal);
        return Enumerable.Range(1, taken.Count + 1).Select(n => n == 1 ? kind : $"{kind}-{n}").First(n => !taken.Contains(n));
    }
}

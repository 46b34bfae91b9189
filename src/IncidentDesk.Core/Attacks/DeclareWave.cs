using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Attacks;

/// <summary>Declares that a stretch of the attack has begun: with another vector, at other targets, or as an answer to a defence.</summary>
public sealed class DeclareWave(IncidentWriter writer)
{
    /// <param name="WaveId">Made by the client; the same again is answered with what it made first.</param>
    public sealed record Command(Guid WaveId, string IncidentKey, WaveFacts Facts, string? Reason = null);

    public Task<Result<AttackWave>> HandleAsync(Command command, Actor actor, CancellationToken ct) =>
        writer.RecordAsync(actor, IncidentWriter.Of(command.IncidentKey, ct), recording => DeclareAsync(recording, command, ct), ct);

    internal static async Task<Result<AttackWave>> DeclareAsync(IncidentWriter.Recording recording, Command command, CancellationToken ct)
    {
        var (db, incidentId) = (recording.Db, recording.IncidentIds.Single());
        if (command.WaveId == Guid.Empty) return new Invalid(nameof(command.WaveId), "Wave.IdMissing");
        var earlier = await db.AttackWaves.IgnoreQueryFilters().AsNoTracking().AsSplitQuery().Include(w => w.Targets).Include(w => w.Defences).FirstOrDefaultAsync(w => w.Id == command.WaveId, ct);
        if (earlier is not null) return earlier.IncidentId == incidentId ? earlier : new Invalid(nameof(command.WaveId), "Wave.IdTaken");

        if (!TextRules.OptionalLines(nameof(command.Reason), command.Reason, AttackWave.MaxTextLength).TryGet(out var reason, out var error)) return error;
        if (!(await command.Facts.CheckAsync(db, incidentId, recording.Now, null, ct)).TryGet(out var facts, out error)) return error;

        // Those that were withdrawn keep their numbers, for the log names them.
        var last = await db.AttackWaves.IgnoreQueryFilters().Where(w => w.IncidentId == incidentId).MaxAsync(w => (int?)w.Number, ct);
        var wave = new AttackWave
        {
            Id = command.WaveId,
            IncidentId = incidentId,
            Number = (last ?? 0) + 1,
            Vector = facts.Vector,
            CreatedAt = recording.Now,
            CreatedById = recording.Member.AuthorId,
            CreatedByName = recording.Member.Name,
        };
        facts.WriteTo(wave);
        db.AttackWaves.Add(wave);
        await recording.LogAsync(wave, new EntryChange.WaveDeclared(wave.Number, wave.Vector, wave.From), wave.From, reason, ct);
        if (wave.To is { } to) await recording.LogAsync(wave, new EntryChange.WaveEnded(wave.Number, wave.Vector, to), to, "", ct);
        return wave;
    }
}

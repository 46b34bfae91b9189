using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;

namespace IncidentDesk.Attacks;

/// <summary>Corrects that a wave was declared by mistake: it counts for nothing, and stays in the record.</summary>
public sealed class WithdrawWave(IncidentWriter writer)
{
    /// <param name="Version">The one that the person saw; a newer one is a conflict.</param>
    public sealed record Command(string IncidentKey, Guid WaveId, int Version, string? Reason = null);

    /// <returns>The wave, or a <see cref="Conflict"/> with the one that stands.</returns>
    public Task<Result<AttackWave>> HandleAsync(Command command, Actor actor, CancellationToken ct) => writer.RecordAsync<AttackWave>(actor, IncidentWriter.Of(command.IncidentKey, ct), async recording =>
    {
        if (!TextRules.OptionalLines(nameof(command.Reason), command.Reason, AttackWave.MaxTextLength).TryGet(out var reason, out var error)) return error;
        if (!(await recording.WaveAsync(command.WaveId, ct, withWithdrawn: true)).TryGet(out var wave, out error)) return error;
        if (wave.IsWithdrawn) return wave;
        if (wave.Version != command.Version) return new Conflict("Wave.Conflict", wave);

        wave.IsWithdrawn = true;
        wave.Version++;
        await recording.LogAsync(wave, new EntryChange.WaveWithdrawn(wave.Number, wave.Vector), OccurrenceTime.Exactly(recording.Now), reason, ct);
        return wave;
    }, ct);
}

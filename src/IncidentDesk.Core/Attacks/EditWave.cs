using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;

namespace IncidentDesk.Attacks;

/// <summary>Changes what is written down of a wave.</summary>
public sealed class EditWave(IncidentWriter writer)
{
    /// <param name="Version">The one that the person saw; a newer one is a conflict.</param>
    public sealed record Command(string IncidentKey, Guid WaveId, int Version, WaveFacts Facts, string? Reason = null);

    /// <returns>The wave, or a <see cref="Conflict"/> with the one that stands.</returns>
    public Task<Result<AttackWave>> HandleAsync(Command command, Actor actor, CancellationToken ct) => writer.RecordAsync<AttackWave>(actor, IncidentWriter.Of(command.IncidentKey, ct), async recording =>
    {
        if (!TextRules.OptionalLines(nameof(command.Reason), command.Reason, AttackWave.MaxTextLength).TryGet(out var reason, out var error)) return error;
        if (!(await recording.WaveAsync(command.WaveId, ct)).TryGet(out var wave, out error)) return error;
        if (!(await command.Facts.CheckAsync(recording.Db, wave.IncidentId, recording.Now, wave, ct)).TryGet(out var facts, out error)) return error;
        var changed = WaveFacts.Differences(WaveFacts.Of(wave), facts);
        if (changed.Count == 0) return wave;
        if (wave.Version != command.Version) return new Conflict("Wave.Conflict", wave);

        facts.WriteTo(wave);
        wave.Version++;
        await recording.LogAsync(wave, new EntryChange.WaveEdited(wave.Number, wave.Vector, changed), OccurrenceTime.Exactly(recording.Now), reason, ct);
        return wave;
    }, ct);
}

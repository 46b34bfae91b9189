using IncidentDesk.Impacts;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;

namespace IncidentDesk.Attacks;

/// <summary>Says that a wave is over.</summary>
public sealed class EndWave(IncidentWriter writer)
{
    /// <param name="Version">The one that the person saw; a newer one is a conflict.</param>
    /// <param name="To">Null for now by the desk's clock; <see cref="Precision.OrderOnly"/> when it is over and nobody knows since when.</param>
    public sealed record Command(string IncidentKey, Guid WaveId, int Version, OccurrenceTime? To = null, string? Reason = null);

    /// <returns>The wave, or a <see cref="Conflict"/> with the one that stands.</returns>
    public Task<Result<AttackWave>> HandleAsync(Command command, Actor actor, CancellationToken ct) => writer.RecordAsync<AttackWave>(actor, IncidentWriter.Of(command.IncidentKey, ct), async recording =>
    {
        if (!TextRules.OptionalLines(nameof(command.Reason), command.Reason, AttackWave.MaxTextLength).TryGet(out var reason, out var error)) return error;
        if (!TimeRules.Check(nameof(command.To), command.To ?? OccurrenceTime.Exactly(recording.Now), recording.Now).TryGet(out var to, out error)) return error;
        if (!(await recording.WaveAsync(command.WaveId, ct)).TryGet(out var wave, out error)) return error;
        // Over already, and this person had nothing more to say of when.
        if (wave.To is not null && (command.To is null || to == wave.To)) return wave;
        if (wave.Version != command.Version) return new Conflict("Wave.Conflict", wave);
        if (Ends.AreCrossed(wave.From, to)) return new Invalid(nameof(command.To), "Wave.EndsBeforeStart", wave.FromAt!);

        (wave.ToAt, wave.ToPrecision) = (to.At, to.Precision);
        wave.Version++;
        await recording.LogAsync(wave, new EntryChange.WaveEnded(wave.Number, wave.Vector, to), to, reason, ct);
        return wave;
    }, ct);
}

using IncidentDesk.Shared;

namespace IncidentDesk.Attacks;

/// <summary>Which measurements the desk accepts.</summary>
internal static class TrafficRules
{
    /// <summary>More than this is no measurement, and sums of it would leave the numbers.</summary>
    public const double MaxValue = 1e18;

    /// <returns>The place as it is kept and the values by instant; the fields of a refusal count the samples from 0, its text from 1.</returns>
    public static Result<(string MeasuredAt, Dictionary<DateTime, double> Samples)> Check(RecordTraffic.Series series, DateTime now)
    {
        var where = "";
        if (!string.IsNullOrWhiteSpace(series.MeasuredAt) && !TextRules.Line(nameof(series.MeasuredAt), series.MeasuredAt, AttackWave.MaxWhereLength).TryGet(out where, out var error)) return error;
        var samples = new Dictionary<DateTime, double>(series.Samples.Count);
        foreach (var (place, sample) in series.Samples.Index())
        {
            if (!double.IsFinite(sample.Value) || sample.Value is < 0 or > MaxValue) return new Invalid(Place("value"), "Traffic.NotAValue", place + 1);
            if (!TimeRules.Check(Place("at"), OccurrenceTime.Exactly(sample.At), now).TryGet(out var at, out error)) return error;
            if (!samples.TryAdd(at.At!.Value, sample.Value)) return new Invalid(Place("at"), "Traffic.TwiceAtOnce", place + 1, at.At);

            string Place(string field) => $"samples[{place}].{field}";
        }
        return (where, samples);
    }
}

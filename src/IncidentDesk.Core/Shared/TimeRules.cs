namespace IncidentDesk.Shared;

/// <summary>Which occurrence times the desk accepts.</summary>
public static class TimeRules
{
    private static readonly DateTime Earliest = new(1990, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <returns>The time to the microsecond, or <c>Time.Missing</c>, <c>Time.NotWithOrderOnly</c>, <c>Time.TooEarly</c> or <c>Time.InFuture</c> (the time, the desk's now).</returns>
    public static Result<OccurrenceTime> Check(string field, OccurrenceTime time, DateTime now)
    {
        if (time.Precision == Precision.OrderOnly) return time.At is null ? time : new Invalid(field, "Time.NotWithOrderOnly");
        if (time.At is not { } at) return new Invalid(field, "Time.Missing");
        if (at < Earliest) return new Invalid(field, "Time.TooEarly", Earliest);
        if (at > now + Clock.Tolerance) return new Invalid(field, "Time.InFuture", at, now);
        return time with { At = Clock.ToMicroseconds(at) };
    }
}

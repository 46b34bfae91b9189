namespace IncidentDesk.Shared;

public static class Clock
{
    /// <summary>How far a device's clock may be ahead of the desk's before a time counts as one in the future.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>Now in UTC, to the microsecond: what both engines keep.</summary>
    public static DateTime UtcNow(this TimeProvider time) => ToMicroseconds(time.GetUtcNow().UtcDateTime);

    public static DateTime ToMicroseconds(DateTime utc) => new(utc.Ticks - (utc.Ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);
}

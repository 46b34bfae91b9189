namespace IncidentDesk.Timeline;

/// <summary>Wall-clock times of a zone as UTC.</summary>
internal static class LocalTime
{
    /// <summary>The UTC time of a wall-clock time, and whether there is exactly one.</summary>
    /// <remarks>
    /// A clock change skips some times and repeats others. Such a time is read with both offsets that hold around it and the
    /// earlier reading wins; the later one when <paramref name="preferLater"/> says so, as an upper bound needs it.
    /// </remarks>
    public static (DateTime Utc, bool IsCertain) ToUtc(DateTime local, TimeZoneInfo zone, bool preferLater = false)
    {
        var asUtc = DateTime.SpecifyKind(local, DateTimeKind.Utc);
        var before = asUtc - zone.GetUtcOffset(asUtc.AddDays(-1));
        var after = asUtc - zone.GetUtcOffset(asUtc.AddDays(1));
        if (before == after) return (before, true);

        var beforeFits = before + zone.GetUtcOffset(before) == asUtc;
        var afterFits = after + zone.GetUtcOffset(after) == asUtc;
        if (beforeFits != afterFits) return (beforeFits ? before : after, true);
        return (before < after == preferLater ? after : before, false);
    }

    /// <summary>What the clocks of the zone show.</summary>
    public static DateTime FromUtc(DateTime utc, TimeZoneInfo zone) => utc + zone.GetUtcOffset(utc);
}

using IncidentDesk.Web.Timeline;

namespace IncidentDesk.Web.Attacks;

/// <summary>The axis of the board: where a moment lies in the picture, and what is written along it.</summary>
/// <param name="From">UTC, the left end.</param>
/// <param name="To">UTC, the right end.</param>
/// <param name="Left">Pixels.</param>
/// <param name="Right">Pixels.</param>
public sealed record BoardAxis(DateTime From, DateTime To, double Left, double Right)
{
    private const double RoomOfClock = 54;
    private const double RoomOfDay = 26;
    private const double RoomOfDate = 84;

    private static readonly TimeSpan[] Steps =
    [
        .. new[] { 1, 5, 10, 15, 30 }.Select(m => TimeSpan.FromMinutes(m)), .. new[] { 1, 2, 3, 6, 12 }.Select(h => TimeSpan.FromHours(h)),
        .. new[] { 1, 7, 14, 28, 56, 182, 364, 1_820, 3_640 }.Select(d => TimeSpan.FromDays(d)),
    ];

    /// <param name="Label">Which of its parts there is room for.</param>
    /// <param name="IsStrong">It begins a week, or a day where hours are shown.</param>
    public sealed record Tick(DateTime Utc, double X, TickLabel Label, bool IsStrong);

    public enum TickLabel { None, Clock, Day, Date }

    public sealed record Stretch(double X, double Width);

    /// <summary>Not held within the picture.</summary>
    public double X(DateTime utc) => Left + ((utc - From) / (To - From) * (Right - Left));

    public double Within(DateTime utc) => Math.Clamp(X(utc), Left, Right);

    public bool Shows(DateTime utc) => utc >= From && utc <= To;

    public IReadOnlyList<Tick> Ticks(TimeZoneInfo zone)
    {
        var perPixel = (To - From) / (Right - Left);
        var step = Steps.FirstOrDefault(s => s / perPixel >= (s < TimeSpan.FromDays(1) ? RoomOfClock : RoomOfDay), Steps[^1]);
        var (ticks, free) = (new List<Tick>(), Left - 1);
        foreach (var (utc, local) in Moments(step, zone))
        {
            var x = X(utc);
            var isDay = local.TimeOfDay == TimeSpan.Zero;
            var isStrong = step < TimeSpan.FromDays(1) ? isDay : local.DayOfWeek == DayOfWeek.Monday && step == TimeSpan.FromDays(1);
            var wanted = step >= TimeSpan.FromDays(1) ? isStrong || ticks.Count == 0 || local.Day == 1 || step > TimeSpan.FromDays(1) ? TickLabel.Date : TickLabel.Day : isDay ? TickLabel.Date : TickLabel.Clock;
            var room = wanted switch { TickLabel.Date => RoomOfDate, TickLabel.Clock => 36, _ => 18 };
            var label = x >= free && x + room <= Right + 6 ? wanted : TickLabel.None;
            if (label != TickLabel.None) free = x + room;
            ticks.Add(new(utc, x, label, isStrong));
        }
        return ticks;
    }

    /// <summary>Saturdays and Sundays of the zone; none where they would be a pattern only.</summary>
    public IReadOnlyList<Stretch> Weekends(TimeZoneInfo zone)
    {
        if (To - From < TimeSpan.FromHours(36) || To - From > TimeSpan.FromDays(120)) return [];
        return
        [
            .. Moments(TimeSpan.FromDays(1), zone, TimeSpan.FromDays(2)).Where(m => m.Local.DayOfWeek == DayOfWeek.Saturday).Select(m => (From: Within(m.Utc), To: Within(m.Utc.AddDays(2))))
                .Where(s => s.To > s.From).Select(s => new Stretch(s.From, s.To - s.From)),
        ];
    }

    private IEnumerable<(DateTime Utc, DateTime Local)> Moments(TimeSpan step, TimeZoneInfo zone, TimeSpan before = default)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(From - before, DateTimeKind.Utc), zone);
        var tick = new DateTime(local.Ticks - (local.Ticks % step.Ticks), DateTimeKind.Unspecified);
        while (true)
        {
            tick += step;
            if (zone.IsInvalidTime(tick)) continue;
            var utc = TimeZoneInfo.ConvertTimeToUtc(tick, zone);
            if (utc >= To) yield break;
            if (utc > From - before) yield return (utc, tick);
        }
    }
}

/// <summary>The stretch of time and the lanes that a board shows, as they stand in the address bar.</summary>
public static class BoardUrl
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    /// <summary>Null for the whole: also when one of them cannot be read.</summary>
    public static (DateTime From, DateTime To)? Read(string? from, string? to) =>
        Moment(from) is { } start && Moment(to) is { } end && end - start >= Shortest && end - start < TimeSpan.FromDays(36_500) ? (start, end) : null;

    /// <summary>As long as it was, and moved into the whole, since there is nothing beside it; null where it holds the whole.</summary>
    public static (DateTime From, DateTime To)? Within((DateTime From, DateTime To) range, (DateTime From, DateTime To) whole)
    {
        var length = range.To - range.From;
        if (length >= whole.To - whole.From) return null;
        return range.From < whole.From ? (whole.From, whole.From + length) : range.To > whole.To ? (whole.To - length, whole.To) : range;
    }

    public static IReadOnlyDictionary<string, object?> Fields((DateTime From, DateTime To)? range) => new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["from"] = range is { } some ? Stamps.Machine(some.From) : null,
        ["to"] = range is { } other ? Stamps.Machine(other.To) : null,
    };

    private static DateTime? Moment(string? text) =>
        DateTime.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AdjustToUniversal | System.Globalization.DateTimeStyles.AssumeUniversal, out var at) && at.Year is >= 1900 and < 2200
            ? at
            : null;
}

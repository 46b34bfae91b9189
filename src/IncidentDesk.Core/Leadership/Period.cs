namespace IncidentDesk.Leadership;

/// <summary>Days of UTC, both included. An incident belongs to the day on which its impact began.</summary>
/// <param name="From">Null for no beginning.</param>
/// <param name="To">Null for no end.</param>
public sealed record Period(DateOnly? From, DateOnly? To)
{
    public static Period All { get; } = new(null, null);

    public static Period Year(int year) => new(new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));

    public bool IsAll => From is null && To is null;

    /// <summary>The year before for a whole year, else as many days just before; null where there is no beginning or no end.</summary>
    public Period? Before
    {
        get
        {
            if (From is not { } from || To is not { } to) return null;
            if (this == Year(from.Year)) return from.Year > 1 ? Year(from.Year - 1) : null;
            var days = to.DayNumber - from.DayNumber + 1;
            return from.DayNumber < days ? null : new Period(from.AddDays(-days), from.AddDays(-1));
        }
    }

    public bool Contains(DateTime utc)
    {
        var day = DateOnly.FromDateTime(utc);
        return !(day < From) && !(day > To);
    }
}

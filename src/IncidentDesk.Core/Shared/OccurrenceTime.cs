using System.Text.Json.Serialization;

namespace IncidentDesk.Shared;

/// <summary>How well the time of an event is known.</summary>
public enum Precision
{
    /// <summary>To the minute or better.</summary>
    [JsonStringEnumMemberName("exact")] Exact,

    /// <summary>Around this time.</summary>
    [JsonStringEnumMemberName("about")] About,

    /// <summary>Some time in this hour.</summary>
    [JsonStringEnumMemberName("hour")] Hour,

    /// <summary>Some time on this day.</summary>
    [JsonStringEnumMemberName("day")] Day,

    /// <summary>Not later than this: an upper bound.</summary>
    [JsonStringEnumMemberName("before")] Before,

    /// <summary>Not earlier than this: a lower bound.</summary>
    [JsonStringEnumMemberName("after")] After,

    /// <summary>No time is known, only the place among other events.</summary>
    [JsonStringEnumMemberName("order-only")] OrderOnly,
}

/// <summary>When something happened, as well as it is known.</summary>
/// <param name="At">UTC; null exactly when <paramref name="Precision"/> is <see cref="Precision.OrderOnly"/>.</param>
public sealed record OccurrenceTime(DateTime? At, Precision Precision)
{
    public static OccurrenceTime OrderOnly { get; } = new(null, Precision.OrderOnly);

    public static OccurrenceTime Exactly(DateTime utc) => new(utc, Precision.Exact);

    /// <summary>Whether a duration can be measured from or to it: a bound, a whole day or no time at all would make a false figure.</summary>
    public bool IsMeasurable => At is not null && Precision is Precision.Exact or Precision.About or Precision.Hour;
}

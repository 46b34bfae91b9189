using System.Globalization;
using IncidentDesk.Shared;
using IncidentDesk.Web.Components.Shared;

namespace IncidentDesk.Web.History;

/// <summary>A moment in an address: UTC as <c>2026-03-14T12:00:00Z</c>, or a wall-clock time of the page's zone as a form sends it.</summary>
internal static class SinceMoment
{
    /// <returns>UTC; null when none is given, and the error when it cannot be read.</returns>
    public static Result<DateTime?> Read(string? text, TimeZoneInfo zone)
    {
        if (string.IsNullOrWhiteSpace(text)) return Result<DateTime?>.Ok(null);
        if (text.EndsWith('Z'))
        {
            return DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var utc)
                ? utc
                : new Invalid("from", "Time.Unreadable", text);
        }
        return WhenField.Read("from", text, Precision.Exact.Label(), zone).TryGet(out var when, out var error) ? when.At : error;
    }
}

namespace IncidentDesk.People;

/// <summary>The zones that the desk offers first: those of its members. Any IANA id is accepted.</summary>
public static class Zones
{
    public const string Default = "UTC";

    /// <summary>Whether it is an IANA id, as it is written: browsers know no other names.</summary>
    public static bool IsKnown(string id) => id.Length <= 64 && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) && zone.HasIanaId && zone.Id == id;

    public static IReadOnlyList<string> Offered { get; } =
    [
        "UTC", "America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles", "America/Anchorage", "Pacific/Honolulu", "America/Puerto_Rico",
        "America/Mexico_City", "America/Cancun", "America/Monterrey", "America/Merida", "America/Chihuahua", "America/Ciudad_Juarez", "America/Hermosillo", "America/Mazatlan", "America/Tijuana",
    ];
}

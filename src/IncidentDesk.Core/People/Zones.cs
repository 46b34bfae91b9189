namespace IncidentDesk.People;

/// <summary>The zones that the desk offers first: those of its members. Any IANA id is accepted.</summary>
public static class Zones
{
    public const string Default = "UTC";

    public static IReadOnlyList<string> Offered { get; } =
    [
        "UTC", "America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles", "America/Anchorage", "Pacific/Honolulu", "America/Puerto_Rico",
        "America/Mexico_City", "America/Cancun", "America/Monterrey", "America/Merida", "America/Chihuahua", "America/Ciudad_Juarez", "America/Hermosillo", "America/Mazatlan", "America/Tijuana",
    ];
}

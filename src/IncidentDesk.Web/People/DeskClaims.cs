using System.Security.Claims;
using IncidentDesk.People;
using IncidentDesk.Shared;

namespace IncidentDesk.Web.People;

/// <summary>What a session or token says of its person: enough to greet them. What they may do is asked of the database.</summary>
public static class DeskClaims
{
    public const string Language = "desk:language";
    public const string TimeZone = "desk:zone";

    /// <summary>The id of the bearer token, for those who came with one.</summary>
    public const string Token = "desk:token";

    /// <summary>What the token is good for.</summary>
    public const string Scopes = "desk:scopes";

    /// <summary>The id of the session, for those who came with one.</summary>
    public const string Session = "desk:session";

    /// <summary>Stands where the role demands a second factor that is still to be set up.</summary>
    public const string MustEnrol = "desk:enrol";

    public static Guid? SessionId(this ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue(Session), out var id) ? id : null;

    /// <summary>Who asks. A page whose session has just ended is rendered once more before it goes: nobody's id is one that may do nothing.</summary>
    public static Actor ToActor(this ClaimsPrincipal user) => new(Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : Guid.Empty);

    /// <summary>The person's own zone.</summary>
    public static TimeZoneInfo Zone(this ClaimsPrincipal user) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(user.FindFirstValue(TimeZone) ?? "", out var zone) ? zone : TimeZoneInfo.Utc;

    public static string DisplayName(this ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.GivenName) ?? "?";

    public static PersonRole Role(this ClaimsPrincipal user) => Labels.ParseOrNull<PersonRole>(user.FindFirstValue(ClaimTypes.Role)) ?? PersonRole.Observer;

    public static IEnumerable<Claim> Of(Person person) =>
    [
        new(Language, person.Language),
        new(TimeZone, person.TimeZone),
        new(ClaimTypes.GivenName, person.DisplayName),
        new(ClaimTypes.Role, person.Role.ToString()),
    ];
}

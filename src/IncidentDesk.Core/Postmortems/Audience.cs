using System.Text.Json.Serialization;
using IncidentDesk.Timeline;

namespace IncidentDesk.Postmortems;

/// <summary>For whom a document is made.</summary>
public enum Audience
{
    /// <summary>The team and leadership: everything, as it is.</summary>
    [JsonStringEnumMemberName("internal")] Internal,

    /// <summary>The member organisations.</summary>
    [JsonStringEnumMemberName("members")] Members,

    /// <summary>Everybody, the attackers with them.</summary>
    [JsonStringEnumMemberName("public")] Public,

    /// <summary>A lawyer or a court: everything, as it is, with the marks of what it is.</summary>
    [JsonStringEnumMemberName("evidence")] Evidence,
}

public static class Audiences
{
    /// <summary>Outside of the house: names and addresses are replaced, and what may not travel is not in it.</summary>
    public static bool IsWider(this Audience audience) => audience is Audience.Members or Audience.Public;

    /// <summary>Whether what has this visibility is for this audience.</summary>
    public static bool MaySee(this Audience audience, Visibility visibility) => audience switch
    {
        Audience.Internal or Audience.Evidence => true,
        Audience.Members => visibility is Visibility.Members or Visibility.Public,
        Audience.Public => visibility is Visibility.Public,
    };
}

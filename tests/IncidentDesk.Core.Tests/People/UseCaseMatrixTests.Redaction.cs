using IncidentDesk.Postmortems;
using IncidentDesk.Shared;

namespace IncidentDesk.Tests.People;

/// <summary>What leaves the house: whoever sees the incident reads it, those who respond decide.</summary>
public sealed partial class UseCaseMatrixTests
{
    private static readonly Row[] OfRedaction =
    [
        Of("HandleAsync", May.Anybody, (ReadDocument u, Scene s, Actor who) => u.HandleAsync(s.Key, DocumentSource.Draft, Audience.Public, who, default)),
        Of("HandleAsync", May.Anybody, (ReadDocumentFile u, Scene s, Actor who) => u.HandleAsync(s.Key, DocumentSource.Draft, Guid.Empty, Audience.Public, who, default)),
        Of("HandleAsync", May.Anybody, (CheckLeaks u, Scene s, Actor who) => u.HandleAsync(s.Key, DocumentSource.Draft, Audience.Public, who, default)),
        Of("OfAsync", May.Anybody, (CheckLeaks u, Scene s, Actor who) => u.OfAsync(s.Key, DocumentSource.Draft, Nothing, who, default)),
        Of("HandleAsync", May.Anybody, (ReadRedaction u, Scene s, Actor who) => u.HandleAsync(s.Key, who, default)),
        Of("HandleAsync", May.Respond, (AcceptLeak u, Scene s, Actor who) => u.HandleAsync(new(s.Key, Audience.Public, NamedThing.HostName, "x", ""), who, default)),
        Of("SaveAsync", May.Respond, (KeepTerms u, Scene s, Actor who) => u.SaveAsync(new(s.Key, Guid.Empty, "x", "y"), who, default)),
        Of("RemoveAsync", May.Respond, (KeepTerms u, Scene s, Actor who) => u.RemoveAsync(s.Key, Guid.Empty, who, default)),
    ];

    private static DocumentRecord Nothing => new()
    {
        Kind = DocumentKind.Postmortem,
        Audience = Audience.Public,
        Title = "",
        Language = "en",
        MadeAt = DateTime.UnixEpoch,
        Incident = new("", "", default, default, default, "UTC", DateTime.UnixEpoch, [], []),
    };
}

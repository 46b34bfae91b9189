using IncidentDesk.Postmortems;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;

namespace IncidentDesk.Tests.People;

public sealed partial class UseCaseMatrixTests
{
    // The first begins the document that the others speak of.
    private static readonly Row[] OfWriting =
    [
        Of("HandleAsync", May.Respond, (BeginPostmortem u, Scene s, Actor who) => u.HandleAsync(new(s.Key, null, "en"), who, default)),
        Of("HandleAsync", May.Anybody, (ReadPostmortem u, Scene s, Actor who) => u.HandleAsync(s.Key, who, default)),
        Of("HandleAsync", May.Respond, (EditPostmortem u, Scene s, Actor who) => u.HandleAsync(new(s.Key, 99, "x"), who, default)),
        Of("HandleAsync", May.Respond, (SaveSection u, Scene s, Actor who) => u.HandleAsync(new(s.Key, Guid.Empty, 1, "x"), who, default)),
        Of("AddAsync", May.Respond, (ArrangeSections u, Scene s, Actor who) => u.AddAsync(new(s.Key, Guid.Empty, "x", "x"), who, default)),
        Of("RemoveAsync", May.Respond, (ArrangeSections u, Scene s, Actor who) => u.RemoveAsync(s.Key, Guid.Empty, who, default)),
        Of("RestoreAsync", May.Respond, (ArrangeSections u, Scene s, Actor who) => u.RestoreAsync(s.Key, Guid.Empty, who, default)),
        Of("MoveAsync", May.Respond, (ArrangeSections u, Scene s, Actor who) => u.MoveAsync(new(s.Key, Guid.Empty, 0), who, default)),
        Of("HandleAsync", May.Anybody, (ReadRevisions u, Scene s, Actor who) => u.HandleAsync(s.Key, Guid.Empty, who, default)),
        Of("HandleAsync", May.Respond, (RestoreRevision u, Scene s, Actor who) => u.HandleAsync(new(s.Key, Guid.Empty, 99, 1), who, default)),
        Of("AddAsync", May.Log, (KeepComments u, Scene s, Actor who) => u.AddAsync(new(s.Key, Guid.CreateVersion7(), ""), who, default)),
        Of("ResolveAsync", May.Log, (KeepComments u, Scene s, Actor who) => u.ResolveAsync(new(s.Key, Guid.Empty, true), who, default)),
        Of("EntryAsync", May.Respond, (ChooseEvidence u, Scene s, Actor who) => u.EntryAsync(new(s.Key, 99_999, new(true, null, "")), who, default)),
        Of("FileAsync", May.Respond, (ChooseEvidence u, Scene s, Actor who) => u.FileAsync(new(s.Key, Guid.Empty, new(Visibility.Public, "x")), who, default)),
        Of("HandleAsync", May.Anybody, (ReadReferencedChanges u, Scene s, Actor who) => u.HandleAsync(s.Key, who, default)),
        Of("HandleAsync", May.Respond, (MarkChangesSeen u, Scene s, Actor who) => u.HandleAsync(new(s.Key, 1), who, default)),
        Of("HandleAsync", May.Anybody, (FindPostmortemTemplates u, Scene _, Actor who) => u.HandleAsync(who, default)),
        Of("HandleAsync", May.Administer, (KeepPostmortemTemplates u, Scene _, Actor who) => u.HandleAsync(new(Guid.CreateVersion7(), 0, "x", "x", []), who, default)),
    ];
}

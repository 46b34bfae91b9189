using IncidentDesk.Evidence;
using IncidentDesk.Postmortems;
using IncidentDesk.Shared;

namespace IncidentDesk.Tests.People;

/// <summary>Review, situation reports, evidence and documents of other desks.</summary>
public sealed partial class UseCaseMatrixTests
{
    private static readonly Row[] OfReview =
    [
        Of("HandleAsync", May.Respond, (NameReviewers u, Scene s, Actor who) => u.HandleAsync(new(s.Key, 99, []), who, default)),
        Of("HandleAsync", May.Log, (MovePostmortem u, Scene s, Actor who) => u.HandleAsync(new(s.Key, 99, PostmortemState.Draft, "\u0001"), who, default)),
        Of("HandleAsync", May.Log, (ApprovePostmortem u, Scene s, Actor who) => u.HandleAsync(new(s.Key, 99, "\u0001"), who, default)),
        Of("HandleAsync", May.Respond, (FinishPostmortem u, Scene s, Actor who) => u.HandleAsync(new(s.Key, 99), who, default)),
        Of("HandleAsync", May.Anybody, (FindDocuments u, Scene s, Actor who) => u.HandleAsync(s.Key, who, default)),
        Of("HandleAsync", May.Anybody, (VerifyDocument u, Scene s, Actor who) => u.HandleAsync(s.Key, new(DocumentKind.SituationReport, 99), who, default)),
        Of("HandleAsync", May.Anybody, (FindPostmortems u, Scene _, Actor who) => u.HandleAsync(who, default)),
        Of("WaitingForMeAsync", May.Anybody, (FindPostmortems u, Scene _, Actor who) => u.WaitingForMeAsync(who, default)),
        Of("HandleAsync", May.Respond, (MakeSituationReport u, Scene s, Actor who) => u.HandleAsync(new(Guid.Empty, s.Key, Audience.Internal, "en", ""), who, default)),
        Of("HandleAsync", May.Anybody, (FindSituationReports u, Scene s, Actor who) => u.HandleAsync(s.Key, who, default)),
        Of("NewestAsync", May.Anybody, (FindSituationReports u, Scene s, Actor who) => u.NewestAsync(s.Key, who, default)),
        Of("MayAsync", May.Respond, (ExportEvidence u, Scene s, Actor who) => u.MayAsync(s.Key, who, default)),
        Of("HandleAsync", May.Respond, (ExportEvidence u, Scene s, Actor who) => u.HandleAsync(s.Key, new MemoryStream(), "en", who, default)),
        Of("MayAsync", May.Administer, (ImportDocument u, Scene _, Actor who) => u.MayAsync(who, default)),
        Of("HandleAsync", May.Administer, (ImportDocument u, Scene _, Actor who) => u.HandleAsync(new(new MemoryStream()), who, default)),
    ];
}

using IncidentDesk.Leadership;
using IncidentDesk.Mitigations;
using IncidentDesk.Shared;
using IncidentDesk.Web.People;
using Microsoft.AspNetCore.Components;

namespace IncidentDesk.Web.Leadership;

public sealed partial class LeadershipPage
{
    private ReadLeadership.Overview? _overview;
    private IReadOnlyList<MitigationKind> _kinds = [];
    private LeadershipUrl _url = null!;
    private Error? _error;

    [Inject] private ReadLeadership Read { get; set; } = null!;
    [Inject] private FindMitigations Mitigations { get; set; } = null!;
    [Inject] private TimeProvider Time { get; set; } = null!;
    [CascadingParameter] private HttpContext Context { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "period")] private string? Period { get; set; }
    [SupplyParameterFromQuery(Name = "from")] private string? From { get; set; }
    [SupplyParameterFromQuery(Name = "to")] private string? To { get; set; }
    [SupplyParameterFromQuery(Name = "zone")] private string? Zone { get; set; }
    [SupplyParameterFromQuery(Name = "zone2")] private string? OtherZone { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _url = LeadershipUrl.Read(Period, From, To, Zone, OtherZone, Time.UtcNow());
        var me = Context.User.ToActor();
        IReadOnlyList<string> zones = _url.Zone == _url.OtherZone ? [_url.Zone] : [_url.Zone, _url.OtherZone];
        if (!(await Read.HandleAsync(new(_url.Period, zones), me, Context.RequestAborted)).TryGet(out _overview, out _error)) return;
        if ((await Mitigations.KindsAsync(me, Context.RequestAborted, withRetired: true)).TryGet(out var kinds, out _error)) _kinds = kinds;
    }

    private static string? Input(DateOnly? day) => day is { } some ? LeadershipUrl.Text(some) : null;
}

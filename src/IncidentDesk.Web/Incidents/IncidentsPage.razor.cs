using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using IncidentDesk.Web.People;
using IncidentDesk.Web.Texts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace IncidentDesk.Web.Incidents;

public sealed partial class IncidentsPage
{
    private FindIncidents.Found? _found;
    private FindIncidents.Overview? _overview;
    private Actor _me = null!;

    [Inject] private FindIncidents Find { get; set; } = null!;
    [Inject] private Say Say { get; set; } = null!;
    [CascadingParameter] private Task<AuthenticationState> Session { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "q")] private string? Text { get; set; }
    [SupplyParameterFromQuery(Name = "status")] private string? Status { get; set; }
    [SupplyParameterFromQuery(Name = "severity")] private string? SeverityText { get; set; }
    [SupplyParameterFromQuery(Name = "year")] private string? Year { get; set; }
    [SupplyParameterFromQuery(Name = "page")] private string? Page { get; set; }

    private IncidentFilter Filter => IncidentFilter.Read(Text, Status, SeverityText, Year, Page);

    protected override async Task OnInitializedAsync()
    {
        _me = (await Session).User.ToActor();
        Watch(null);
    }

    protected override Task OnParametersSetAsync() => RefreshAsync();

    protected override async Task RefreshAsync()
    {
        if ((await Find.HandleAsync(Filter.ToQuery(), _me, CancellationToken.None)).TryGet(out var found, out _)) _found = found;
        if ((await Find.OverviewAsync(_me, CancellationToken.None)).TryGet(out var overview, out _)) _overview = overview;
    }

    private static string GroupOf(Incident incident) => incident.Status switch
    {
        IncidentStatus.Investigating or IncidentStatus.Mitigating or IncidentStatus.Monitoring => "Open",
        IncidentStatus.Resolved => "Resolved",
        IncidentStatus.Closed => "Closed",
    };
}

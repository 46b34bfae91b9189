using System.Globalization;
using IncidentDesk.Audit;
using IncidentDesk.People;
using IncidentDesk.Shared;
using IncidentDesk.Web.People;
using Microsoft.AspNetCore.Components;

namespace IncidentDesk.Web.Audit;

public sealed partial class AuditPage
{
    private const int PageSize = 100;

    private ReadAudit.Page? _page;
    private IReadOnlyList<Person> _people = [];
    private Error? _error;

    [Inject] private ReadAudit Read { get; set; } = null!;
    [Inject] private ManagePeople People { get; set; } = null!;
    [CascadingParameter] private HttpContext Context { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "q")] private string? Text { get; set; }
    [SupplyParameterFromQuery(Name = "kind")] private string? Kind { get; set; }
    [SupplyParameterFromQuery(Name = "person")] private string? Person { get; set; }
    [SupplyParameterFromQuery(Name = "from")] private string? From { get; set; }
    [SupplyParameterFromQuery(Name = "to")] private string? To { get; set; }
    [SupplyParameterFromQuery(Name = "before")] private string? Before { get; set; }

    private AuditFilter Filter => AuditFilter.Read(Text, Kind, Person, From, To, Before);

    private string JsonUrl => (Filter with { Before = null }).ToUrl("/api/v1/audit/export") is var url && url.Contains('?', StringComparison.Ordinal) ? url + "&format=json" : url + "?format=json";

    protected override async Task OnInitializedAsync()
    {
        var me = Context.User.ToActor();
        if (!(await Read.HandleAsync(Filter.ToQuery(PageSize), me, Context.RequestAborted)).TryGet(out _page, out _error)) return;
        if ((await People.ListAsync(me, Context.RequestAborted)).TryGet(out var people, out _error)) _people = people;
    }

    /// <summary>An incident's key stands beside its title.</summary>
    private string Subject(AuditEvent e) => e.Kind switch
    {
        AuditKind.Exported => e.SubjectId switch
        {
            "inventory" => Say["Inventory.Title"],
            "audit" => Say["Audit.Title"],
            "leadership" => Say["Leadership.Title"],
            _ => Say["Ledger.Title", e.Subject],
        },
        AuditKind.RestrictedRead or AuditKind.RestrictionChanged or AuditKind.AccessGranted or AuditKind.AccessRefused => $"{e.SubjectId} {e.Subject}",
        _ => e.Subject,
    };

    private static string? Input(DateTime? utc) => utc?.ToString(AuditFilter.InputFormat, CultureInfo.InvariantCulture);
}

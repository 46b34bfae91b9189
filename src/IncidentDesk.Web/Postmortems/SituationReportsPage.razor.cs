using System.Globalization;
using IncidentDesk.Incidents;
using IncidentDesk.People;
using IncidentDesk.Postmortems;
using IncidentDesk.Shared;
using IncidentDesk.Web.Components.Shared;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.People;
using Microsoft.AspNetCore.Components;

namespace IncidentDesk.Web.Postmortems;

/// <summary>Situation reports of an incident: those that were made, and the next one.</summary>
/// <remarks>A plain form: a long text must not depend on a circuit, nor pass through its small messages.</remarks>
public sealed partial class SituationReportsPage
{
    private static readonly string[] Formats = ["html", "pdf", "markdown"];

    private static readonly TimeSpan UsualWait = TimeSpan.FromHours(1);

    private Incident? _incident;
    private FindSituationReports.Found? _found;
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private DateTime _now;
    private string _language = "en";
    private string _summary = "", _next = "", _due = "";
    private Audience _audience;
    private Guid _id;
    private bool _mayWrite;
    private Error? _error;

    [Parameter] public required string Key { get; set; }
    [Inject] private FindIncidents Incidents { get; set; } = null!;
    [Inject] private FindSituationReports Find { get; set; } = null!;
    [Inject] private MakeSituationReport Make { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private TimeProvider Time { get; set; } = null!;
    [CascadingParameter] private HttpContext Context { get; set; } = null!;
    [SupplyParameterFromQuery(Name = "lang")] private string? Language { get; set; }
    [SupplyParameterFromForm] private ReportForm? Input { get; set; }

    protected override async Task OnInitializedAsync()
    {
        var (me, ct) = (Context.User.ToActor(), Context.RequestAborted);
        (_zone, _now, _mayWrite) = (Context.User.Zone(), Time.UtcNow(), Context.User.Role().MayRespond());
        if (!(await Incidents.ByKeyAsync(Key, me, ct)).TryGet(out var incident, out _) || !(await Find.HandleAsync(Key, me, ct)).TryGet(out var found, out _))
        {
            Navigation.NotFound();
            return;
        }
        (_incident, _found) = (incident, found);
        if (!_mayWrite) return;

        var language = Input?.Language ?? Language;
        _language = Languages.All.Contains(language, StringComparer.Ordinal) ? language! : Languages.Current;
        _id = Input?.Id is { } sent && sent != Guid.Empty ? sent : Guid.CreateVersion7();
        (await Find.NewestAsync(Key, me, ct)).TryGet(out var former, out _);
        // Words of another language help nobody who reads this one.
        if (former?.Language != _language) former = null;
        _summary = Input?.Summary ?? former?.Summary ?? Draft();
        // What comes next is something else each time.
        _next = Input?.Next ?? "";
        _audience = Labels.ParseOrNull<Audience>(Input?.Audience) ?? former?.Audience ?? Audience.Internal;
        _due = Input is { } input ? input.Due ?? "" : incident.Status >= IncidentStatus.Resolved ? "" : WhenField.ToInput(_now + Wait(found), _zone);
    }

    /// <summary>As long as it was between the last report and the time that it promised.</summary>
    private static TimeSpan Wait(FindSituationReports.Found found) => found.Reports is [{ NextDueAt: { } due } last, ..] ? due - last.MadeAt : UsualWait;

    /// <summary>Its fields say how things stand when the report is made, in this one and in the next.</summary>
    private string Draft()
    {
        var words = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = Languages.CultureOf(_language);
            return Say["Reports.Draft", "{{status}}", "{{severity}}", "{{lead}}", "{{members-affected}}", "{{members}}"];
        }
        finally
        {
            CultureInfo.CurrentUICulture = words;
        }
    }

    private async Task MakeAsync()
    {
        if (_incident is null || !_mayWrite) return;
        DateTime? due = null;
        if (!string.IsNullOrEmpty(_due))
        {
            if (!WhenField.Read(nameof(MakeSituationReport.Command.NextDueAt), _due, Precision.Exact.Label(), _zone).TryGet(out var time, out _error)) return;
            due = time.At;
        }
        var made = await Make.HandleAsync(new(_id, Key, _audience, _language, _summary, _next, due), Context.User.ToActor(), CancellationToken.None);
        if (made.TryGet(out var report, out _error)) Navigation.NavigateTo(string.Create(CultureInfo.InvariantCulture, $"{Links.SituationReports(Key)}#report-{report.Number}"));
    }

    private sealed class ReportForm
    {
        public Guid? Id { get; set; }
        public string? Language { get; set; }
        public string? Summary { get; set; }
        public string? Next { get; set; }
        public string? Audience { get; set; }
        public string? Due { get; set; }
    }
}

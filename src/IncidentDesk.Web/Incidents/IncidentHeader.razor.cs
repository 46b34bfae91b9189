using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using IncidentDesk.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace IncidentDesk.Web.Incidents;

/// <summary>What the incident is now, and the quick changes of it.</summary>
public sealed partial class IncidentHeader
{
    private bool _isChanging;

    [Parameter, EditorRequired] public required Incident Incident { get; set; }
    [Parameter, EditorRequired] public required TimeZoneInfo Zone { get; set; }
    [Parameter, EditorRequired] public required bool MayRespond { get; set; }
    [Parameter, EditorRequired] public required Actor Me { get; set; }

    /// <summary>It stands over the board, not over the desk.</summary>
    [Parameter] public bool IsBoard { get; set; }

    /// <summary>It stands over the postmortem.</summary>
    [Parameter] public bool IsPostmortem { get; set; }

    /// <summary>UTC, when the next situation report is due; null when none is announced.</summary>
    [Parameter] public DateTime? ReportDueAt { get; set; }
    [Parameter] public EventCallback<IncidentDialog> Open { get; set; }
    [Parameter] public EventCallback<Error?> OnError { get; set; }

    private Task MoveAsync(IncidentStatus status) => status switch
    {
        _ when status == Incident.Status => Task.CompletedTask,
        _ when status < Incident.Status => Open.InvokeAsync(IncidentDialog.BackTo(status)),
        _ => ChangeAsync(c => c with { Status = status }),
    };

    private Task ChangeAsync(Func<ChangeIncident.Command, ChangeIncident.Command> set) =>
        RunAsync(() => Change.HandleAsync(set(new ChangeIncident.Command(Incident.Key, Incident.Version)), Me, CancellationToken.None));

    private Task TakeAsync(IncidentRole role) =>
        RunAsync(() => Assign.HandleAsync(new AssignRole.Command(Incident.Key, role, Me.PersonId), Me, CancellationToken.None));

    // The push brings what changed, to this page as to the others.
    private async Task RunAsync(Func<Task<Result<Incident>>> change)
    {
        if (_isChanging) return;
        _isChanging = true;
        try
        {
            await OnError.InvokeAsync((await Attempt.RunAsync(change)).Error);
        }
        finally
        {
            _isChanging = false;
        }
    }
}

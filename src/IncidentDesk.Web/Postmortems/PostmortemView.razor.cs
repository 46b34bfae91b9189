using IncidentDesk.Live;
using IncidentDesk.People;
using IncidentDesk.Postmortems;
using IncidentDesk.Shared;
using IncidentDesk.Web.Components.Shared;
using IncidentDesk.Web.Incidents;
using IncidentDesk.Web.People;
using IncidentDesk.Web.Texts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace IncidentDesk.Web.Postmortems;

/// <summary>The postmortem of one incident, live. What is typed into its sections goes over HTTP and not through here.</summary>
public sealed partial class PostmortemView
{
    private readonly TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private ReadPostmortem.Page? _page;
    private DocumentRecord? _record;
    private Actor _me = null!;
    private Visitor _visitor = null!;
    private PersonRole _role;
    private bool _mayRespond, _previews;
    private Error? _error;
    private IncidentDialogs? _dialogs;
    private PostmortemDialogs? _documentDialogs;

    [Inject] private ReadPostmortem Read { get; set; } = null!;
    [Inject] private ReadDocument ReadRecord { get; set; } = null!;
    [Inject] private ArrangeSections Arrange { get; set; } = null!;
    [Inject] private Say Say { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [CascadingParameter] private Task<AuthenticationState> Session { get; set; } = null!;

    [Parameter] public required string Key { get; set; }

    private bool IsFinal => _page?.Document is { IsFinal: true };

    private bool MayWrite => _mayRespond && !IsFinal;

    private bool MayComment => !IsFinal && (_mayRespond || _role == PersonRole.Leadership || _page?.Document?.Postmortem.Reviewers.Exists(r => r.PersonId == _me.PersonId) == true);

    protected override async Task OnInitializedAsync()
    {
        var user = (await Session).User;
        (_me, _role) = (user.ToActor(), user.Role());
        (_mayRespond, _visitor) = (_role.MayRespond(), new Visitor(_me.PersonId, user.DisplayName()));
        if (!(await Read.HandleAsync(Key, _me, CancellationToken.None)).TryGet(out _page, out _))
        {
            Navigation.NotFound();
            return;
        }
        Watch(_page.Incident.Id);
        Watch(Postmortem.FeedId(_page.Incident.Id));
        // What came between the read and the watch is told by no push.
        if (RendererInfo.IsInteractive) await ReadAsync();
        // To whom everything is read, it is shown as it will be read.
        if (!MayWrite) await PreviewAsync();
    }

    protected override async Task RefreshAsync()
    {
        // While the database is away the page keeps what it shows, and the banner says so.
        if (_page is null || Feed.StaleSince is not null) return;
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        if (!(await Read.HandleAsync(Key, _me, CancellationToken.None)).TryGet(out var page, out _))
        {
            Navigation.NavigateTo("/not-found");
            return;
        }
        // Of two that were read at once the older one may come last.
        if (page.Incident.LastSequence < _page!.Incident.LastSequence || page.Document?.Postmortem.Changes < _page.Document?.Postmortem.Changes) return;
        _page = page;
        if (_previews || !MayWrite) await PreviewAsync();
    }

    /// <summary>Somebody wants to see what the fields become: from now on it is read with the rest.</summary>
    private async Task PreviewAsync()
    {
        // A final one is shown as it was frozen.
        if (_page?.Document is null or { IsFinal: true }) return;
        _previews = true;
        if ((await Attempt.RunAsync(() => ReadRecord.HandleAsync(Key, DocumentSource.Draft, Audience.Internal, _me, CancellationToken.None))).TryGet(out var record, out _error)) _record = record;
    }

    private async Task Act(SectionAct act)
    {
        _error = null;
        switch (act.Is)
        {
            case SectionAct.What.Up or SectionAct.What.Down when act.Section is { } section:
                var to = _page!.Document!.Postmortem.Sections.FindIndex(s => s.Id == section.Id) + (act.Is == SectionAct.What.Up ? -1 : 1);
                _error = (await Attempt.RunAsync(() => Arrange.MoveAsync(new(Key, section.Id, Math.Max(0, to)), _me, CancellationToken.None))).Error;
                break;
            case SectionAct.What.Remove when act.Section is { } section:
                _error = (await Attempt.RunAsync(() => Arrange.RemoveAsync(Key, section.Id, _me, CancellationToken.None))).Error;
                break;
            default:
                _documentDialogs?.Open(act);
                break;
        }
    }

    private Task OpenAsync(IncidentDialog dialog) => _dialogs?.OpenAsync(dialog) ?? Task.CompletedTask;

    private void ShowError(Error? error)
    {
        _error = error;
        StateHasChanged();
    }
}

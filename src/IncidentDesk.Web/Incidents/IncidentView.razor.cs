using System.Globalization;
using IncidentDesk.Attachments;
using IncidentDesk.Incidents;
using IncidentDesk.Live;
using IncidentDesk.Mitigations;
using IncidentDesk.People;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using IncidentDesk.Web.Attacks;
using IncidentDesk.Web.Components.Shared;
using IncidentDesk.Web.FollowUps;
using IncidentDesk.Web.Impacts;
using IncidentDesk.Web.Mitigations;
using IncidentDesk.Web.People;
using IncidentDesk.Web.Texts;
using IncidentDesk.Web.Timeline;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace IncidentDesk.Web.Incidents;

/// <summary>The desk of one incident: subscribes first, reads the snapshot, then applies only newer rows.</summary>
public sealed partial class IncidentView
{
    private const int FirstPage = 100;
    private const int MorePage = 100;

    private readonly TimelineWindow _window = new();
    private Incident? _incident;
    private Situation _situation = new(0, [], [], [], [], [], [], 0);
    private ReadTimeline.Totals? _totals;
    private IReadOnlyList<ReadTimeline.Author> _authors = [];
    private IReadOnlyList<ReadTimeline.KeyEvent> _keyEvents = [];
    private string? _shown;
    private TimelineFilter _filter = TimelineFilter.None;
    private ZoneChoice _zoneChoice;
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private Actor _me = null!;
    private Visitor _visitor = null!;
    private PersonRole _role;
    private bool _mayRespond;
    private bool _mayLog;
    private long? _entry;
    private Error? _error;
    private IncidentDialogs? _dialogs;
    private EntryDialogs? _entryDialogs;
    private ImpactDialogs? _impactDialogs;
    private MitigationDialogs? _mitigationDialogs;
    private WaveDialogs? _waveDialogs;
    private TrafficDialogs? _trafficDialogs;
    private FollowUpDialogs? _followUpDialogs;

    [Inject] private FindIncidents Find { get; set; } = null!;
    [Inject] private ReadTimeline Read { get; set; } = null!;
    [Inject] private LiveTimeline Live { get; set; } = null!;
    [Inject] private LiveSituation Situations { get; set; } = null!;
    [Inject] private Say Say { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [CascadingParameter] private Task<AuthenticationState> Session { get; set; } = null!;

    [Parameter] public required string Key { get; set; }
    [SupplyParameterFromQuery(Name = "kind")] private string? KindText { get; set; }
    [SupplyParameterFromQuery(Name = "author")] private string? Author { get; set; }
    [SupplyParameterFromQuery(Name = "text")] private string? Text { get; set; }
    [SupplyParameterFromQuery(Name = "key")] private string? KeyEvents { get; set; }
    [SupplyParameterFromQuery(Name = "people")] private string? WithoutDesk { get; set; }
    [SupplyParameterFromQuery(Name = "tz")] private string? ZoneText { get; set; }
    [SupplyParameterFromQuery(Name = "entry")] private string? EntryText { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        var user = (await Session).User;
        _me = user.ToActor();
        _role = user.Role();
        (_mayRespond, _mayLog) = (_role.MayRespond(), _role.MayLog(EntryKind.Decision));
        _visitor = new Visitor(_me.PersonId, user.DisplayName());
        _filter = TimelineUrl.Read(KindText, Author, Text, KeyEvents, WithoutDesk);
        _entry = long.TryParse(EntryText, CultureInfo.InvariantCulture, out var number) ? number : null;
        if (_incident is null)
        {
            if (!(await Find.ByKeyAsync(Key, _me, CancellationToken.None)).TryGet(out _incident, out _))
            {
                Navigation.NotFound();
                return;
            }
            Watch(_incident.Id);
            Watch(Attachment.FeedId(_incident.Id));
        }
        _zoneChoice = Labels.ParseOrNull<ZoneChoice>(ZoneText) ?? ZoneChoice.Utc;
        _zone = _zoneChoice switch
        {
            ZoneChoice.Utc => TimeZoneInfo.Utc,
            ZoneChoice.Incident => TimeZoneInfo.FindSystemTimeZoneById(_incident!.TimeZone),
            ZoneChoice.Mine => user.Zone(),
        };
        // Another range of the strip or another zone is no reason to read the log anew and lose the place in it.
        var asked = $"{TimelineUrl.Of(Key, _filter, ZoneChoice.Utc)} {_entry}";
        if (_shown == asked) return;
        _shown = asked;
        await ReadSnapshotAsync();
    }

    protected override async Task RefreshAsync()
    {
        // While the database is away the page keeps what it shows, and the banner says so.
        if (_incident is null || Feed.StaleSince is not null) return;
        if (!await ReadNewerRowsAsync()) return;
        if (Situations.IsBehind(_incident.Id, _situation)) _situation = await Situations.ReadAsync(_incident.Id, _situation.Sequence, CancellationToken.None);
        await ReadSummaryAsync();
    }

    /// <returns>False when the reader may not see the incident any more.</returns>
    private async Task<bool> ReadNewerRowsAsync()
    {
        // After an import there is more than a page shows: begin anew instead of walking through it.
        if (!_window.HasNewer && Feed.Latest(_incident!.Id) - _window.LastSequence > TimelineWindow.Capacity)
        {
            if (!(await Read.NewestAsync(Key, _filter, FirstPage, _me, CancellationToken.None)).TryGet(out var newest, out _)) return await ReadIncidentAsync(Feed.Latest(_incident.Id));
            _window.Reset(newest);
            await ReadSituationAsync(newest.LastSequence);
            return await ReadIncidentAsync(newest.LastSequence);
        }
        while (await Live.AfterAsync(_incident!.Id, _window.LastSequence, CancellationToken.None) is { Count: > 0 } rows)
        {
            // Access first: a row that takes it away must not be followed by others.
            if (rows.Any(r => !r.Kind.IsWrittenByPeople()) && !await ReadIncidentAsync(rows[^1].Sequence)) return false;
            _window.Apply(rows, _filter);
            if (rows.LastOrDefault(r => LiveSituation.IsChangedBy(r)) is { } last) await ReadSituationAsync(last.Sequence);
        }
        return true;
    }

    private async Task ReadSnapshotAsync()
    {
        // Beside the log, not after it: both are long when it matters.
        var situation = Situations.ReadAsync(_incident!.Id, _incident.LastSequence, CancellationToken.None);
        var page = _entry is { } entry
            ? await Read.AroundAsync(Key, _filter, entry, FirstPage, _me, CancellationToken.None)
            : await Read.NewestAsync(Key, _filter, FirstPage, _me, CancellationToken.None);
        _situation = await situation;
        if (!page.TryGet(out var read, out _error)) return;
        _window.Reset(read);
        await ReadSituationAsync(read.LastSequence);
        // The header was read before: what the desk did in between is in these rows and in no later push.
        if (read.LastSequence > _incident!.LastSequence && !await ReadIncidentAsync(read.LastSequence)) return;
        // What a push brought while we read was put into the window that this one replaces.
        if (RendererInfo.IsInteractive) await ReadNewerRowsAsync();
        await ReadSummaryAsync();
    }

    private async Task ReadSituationAsync(long atLeast)
    {
        if (_situation.Sequence < atLeast) _situation = await Situations.ReadAsync(_incident!.Id, atLeast, CancellationToken.None);
    }

    /// <remarks>It is the same for all; the reader has been let in by what was read before.</remarks>
    private async Task ReadSummaryAsync()
    {
        var summary = await Live.SummaryAsync(_incident!.Id, _window.LastSequence, CancellationToken.None);
        _authors = [.. summary.Authors.OrderBy(a => a.Name, StringComparer.CurrentCulture)];
        (_totals, _keyEvents) = (summary.Totals, summary.KeyEvents);
    }

    /// <returns>False when the reader may not see the incident any more.</returns>
    private async Task<bool> ReadIncidentAsync(long atLeast)
    {
        if ((await Live.IncidentAsync(_incident!, atLeast, _me, CancellationToken.None)).TryGet(out var incident, out _))
        {
            _incident = incident;
            return true;
        }
        Navigation.NavigateTo("/not-found");
        return false;
    }

    private async Task ReadOlderAsync()
    {
        if (_window.Entries.Count == 0) return;
        if (!(await Attempt.RunAsync(() => Read.OlderAsync(Key, _filter, _window.Entries[0], MorePage, _me, CancellationToken.None))).TryGet(out var page, out _error)) return;
        _window.AddOlder(page);
        await ReadNewerRowsAsync();
    }

    private async Task ReadNewerAsync()
    {
        if (_window.Entries.Count == 0) return;
        if (!(await Attempt.RunAsync(() => Read.NewerAsync(Key, _filter, _window.Entries[^1], MorePage, _me, CancellationToken.None))).TryGet(out var page, out _error)) return;
        _window.AddNewer(page);
        await ReadNewerRowsAsync();
    }

    private async Task ReadNewestAsync()
    {
        (_entry, _shown) = (null, null);
        await ReadSnapshotAsync();
    }

    private int Hits => _situation.Impacts.Where(i => i.IsOpen).Select(i => i.AssetId).Distinct().Count();

    private int Waves => _situation.Waves.Count(w => w.To is null);

    private int Defences => _situation.Mitigations.Count(m => m.State.IsOpen());

    private int StepsToDo => _situation.Checklists.Sum(c => c.Steps.Count - c.Ticks.Count);

    private Task OpenAsync(IncidentDialog dialog) => _dialogs?.OpenAsync(dialog) ?? Task.CompletedTask;

    private void Act(ImpactAct act) => _impactDialogs?.Act(act);

    private void Act(FollowUpAct act) => _followUpDialogs?.Act(act);

    private Task ActAsync(MitigationAct act) => _mitigationDialogs?.ActAsync(act) ?? Task.CompletedTask;

    private Task ActAsync(WaveAct act) => _waveDialogs?.ActAsync(act) ?? Task.CompletedTask;

    private Task ActAsync(EntryAct act) => _entryDialogs?.ActAsync(act) ?? Task.CompletedTask;

    private void ShowError(Error? error)
    {
        _error = error;
        StateHasChanged();
    }
}

/// <summary>In which zone times are shown.</summary>
public enum ZoneChoice { Utc, Incident, Mine }

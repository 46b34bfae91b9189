using IncidentDesk.History;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using IncidentDesk.Web.Components.Shared;
using IncidentDesk.Web.People;
using IncidentDesk.Web.Texts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;

namespace IncidentDesk.Web.Incidents;

public sealed partial class IncidentsPage
{
    /// <summary>After the last letter, so that not each is a question.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private IncidentFilter _filter = IncidentFilter.None;
    private IReadOnlyList<Row>? _rows;
    private int _total, _skipped;
    private SearchText? _looked;
    private CountFacets.Facets? _facets;
    private FacetPace? _pace;
    private bool _isCountingLater;
    private FindIncidents.Overview? _overview;
    private IReadOnlyList<SavedView> _views = [];
    private SavedView? _renamed;
    private Error? _error;
    private Actor _me = null!;
    private bool _isSaving;

    // what stands in the fields; the address follows
    private string _text = "", _asked = "", _target = "", _member = "";
    private int _letters, _questions;

    // by the sequence of the log at which they were read: only what has changed is read again
    private Dictionary<Guid, (long Sequence, SummariseIncidents.Summary Summary)> _summaries = [];

    [Inject] private FindIncidents Find { get; set; } = null!;
    [Inject] private SearchIncidents Search { get; set; } = null!;
    [Inject] private CountFacets Count { get; set; } = null!;
    [Inject] private SummariseIncidents Summarise { get; set; } = null!;
    [Inject] private KeepViews Views { get; set; } = null!;
    [Inject] private Say Say { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private TimeProvider Time { get; set; } = null!;
    [CascadingParameter] private Task<AuthenticationState> Session { get; set; } = null!;

    private int Open => _overview!.OpenBySeverity.Values.Sum();

    /// <summary>After the last row.</summary>
    private int Left => _total - _skipped - _rows!.Count;

    private IEnumerable<(string? Name, IEnumerable<Row> Rows)> Groups =>
        _looked is not null ? [(null, _rows!)] : _rows!.GroupBy(r => GroupOf(r.Incident.Status), StringComparer.Ordinal).Select(g => ((string?)g.Key, (IEnumerable<Row>)g));

    protected override async Task OnInitializedAsync()
    {
        _me = (await Session).User.ToActor();
        Watch(null);
        if (RendererInfo.IsInteractive)
        {
            Navigation.LocationChanged += Follow;
            Hold(new Following(this));
        }
        ReadAddress();
        await ReadViewsAsync();
        await RefreshAsync();
    }

    protected override async Task RefreshAsync()
    {
        var (mine, filter) = (++_questions, _filter);
        var isSearch = filter.Text.Length > 0;
        Error? error;
        (IReadOnlyList<Row> Rows, int Total, SearchText? Looked) answer = ([], 0, null);
        if (isSearch)
        {
            if ((await Attempt.RunAsync(() => Search.HandleAsync(filter.ToQuestion(), _me, CancellationToken.None))).TryGet(out var found, out error)) answer = ([.. found.Matches.Select(m => new Row(m.Incident, m))], found.Total, found.Text);
        }
        else if ((await Attempt.RunAsync(() => Find.HandleAsync(filter.ToQuestion(), _me, CancellationToken.None))).TryGet(out var found, out error)) answer = ([.. found.Incidents.Select(i => new Row(i, null))], found.Total, null);
        // An answer to what was asked before comes too late.
        if (mine != _questions) return;
        _error = error;
        if (error is not null) return;
        if (answer.Rows.Count == 0 && answer.Total > 0)
        {
            // An old link leads past the end of a list that has become shorter.
            Navigation.NavigateTo((filter with { Page = (answer.Total + IncidentFilter.Step - 1) / IncidentFilter.Step }).ToUrl(), replace: true);
            return;
        }
        await SummariseAsync(answer.Rows);
        if (mine != _questions) return;
        (_rows, _total, _looked, _skipped) = (answer.Rows, answer.Total, answer.Looked, filter.Skip);
        // The rows do not wait for what stands around them, and a page that is only printed into HTML does without the counts.
        if (RendererInfo.IsInteractive) StateHasChanged();
        var overview = await Attempt.RunAsync(() => Find.OverviewAsync(_me, CancellationToken.None));
        if (mine != _questions) return;
        if (overview.Succeeded) _overview = overview.Value;
        if (RendererInfo.IsInteractive) await CountAsync();
    }

    /// <summary>Of which the facets are counted: on whatever page.</summary>
    private string Question => _filter.ToQuery();

    private async Task CountAsync()
    {
        var (filter, question, set) = (_filter, Question, SetNow());
        _pace ??= new(Time);
        if (_isCountingLater || _pace.Wait(question, set) is not { } wait) return;
        if (wait > TimeSpan.Zero)
        {
            _isCountingLater = true;
            _ = CountLaterAsync(wait);
            return;
        }
        _pace.Counting(question, set);
        var facets = await Attempt.RunAsync(() => Count.HandleAsync(filter.ToQuestion(), _target, _member, _me, CancellationToken.None));
        if (facets.Error is not null) _pace.Forget();
        if (question != Question) return;
        _error = facets.Error;
        if (facets.Succeeded) _facets = facets.Value;
    }

    private async Task CountLaterAsync(TimeSpan wait)
    {
        await Task.Delay(wait, Time);
        _isCountingLater = false;
        await InRendererAsync(CountAsync);
    }

    /// <summary>What the first rows say of themselves that is counted. Entries are not: most changes are that.</summary>
    private int SetNow()
    {
        var set = default(HashCode);
        set.Add(_total);
        foreach (var incident in (_rows ?? []).Take(IncidentFilter.Step).Select(r => r.Incident))
        {
            var summary = SummaryOf(incident);
            set.Add((incident.Id, incident.Status, incident.Severity, incident.Tlp, incident.Holder(IncidentRole.Lead)?.PersonId, summary?.AllTargets, string.Join(',', summary?.Vectors ?? [])));
        }
        return set.ToHashCode();
    }

    private async Task SummariseAsync(IReadOnlyList<Row> rows)
    {
        var stale = rows.Select(r => r.Incident).Where(i => !_summaries.TryGetValue(i.Id, out var kept) || kept.Sequence != i.LastSequence).ToDictionary(i => i.Id, i => i.LastSequence);
        if (stale.Count == 0 || !(await Attempt.RunAsync(() => Summarise.HandleAsync([.. stale.Keys], _me, CancellationToken.None))).TryGet(out var read, out _)) return;
        var summaries = rows.Where(r => _summaries.ContainsKey(r.Incident.Id)).ToDictionary(r => r.Incident.Id, r => _summaries[r.Incident.Id]);
        foreach (var (id, summary) in read) summaries[id] = (stale[id], summary);
        _summaries = summaries;
    }

    private SummariseIncidents.Summary? SummaryOf(Incident incident) => _summaries.TryGetValue(incident.Id, out var kept) ? kept.Summary : null;

    private async Task SearchSoonAsync()
    {
        var mine = ++_letters;
        await Task.Delay(Pause, Time);
        if (mine == _letters) SearchNow();
    }

    private void SearchNow()
    {
        _letters++;
        _asked = _text.Trim();
        if (_asked != _filter.Text) Navigation.NavigateTo((_filter with { Text = _asked, Page = 1 }).ToUrl(), replace: true);
    }

    private void Follow(object? sender, LocationChangedEventArgs e)
    {
        if (Navigation.ToBaseRelativePath(e.Location).Split('?', '#')[0] is not ("" or "incidents")) return;
        _ = InRendererAsync(() =>
        {
            ReadAddress();
            return RefreshAsync();
        });
    }

    /// <summary>Letters that were typed while the page went to what stands in the address are not taken back.</summary>
    private void ReadAddress()
    {
        _filter = IncidentFilter.Read(new Uri(Navigation.Uri).Query);
        if (_filter.Text != _asked) (_text, _asked) = (_filter.Text, _filter.Text);
    }

    private async Task FindTargetAsync(string text)
    {
        _target = text;
        await Task.Delay(Pause, Time);
        var (filter, question) = (_filter, Question);
        if (text != _target || !(await Attempt.RunAsync(() => Count.TargetsAsync(filter.ToQuestion(), text, _me, CancellationToken.None))).TryGet(out var targets, out _)) return;
        if (text == _target && question == Question) _facets = _facets! with { Targets = targets };
    }

    private async Task FindMemberAsync(string text)
    {
        _member = text;
        await Task.Delay(Pause, Time);
        var (filter, question) = (_filter, Question);
        if (text != _member || !(await Attempt.RunAsync(() => Count.MembersAsync(filter.ToQuestion(), text, _me, CancellationToken.None))).TryGet(out var members, out _)) return;
        if (text == _member && question == Question) _facets = _facets! with { Members = members };
    }

    private async Task ReadViewsAsync()
    {
        if ((await Attempt.RunAsync(() => Views.ListAsync(_me, CancellationToken.None))).TryGet(out var views, out _)) _views = views;
    }

    private Task SavedAsync()
    {
        _isSaving = false;
        return ReadViewsAsync();
    }

    private async Task DeleteAsync(SavedView view)
    {
        _error = (await Attempt.RunAsync(() => Views.DeleteAsync(view.Id, _me, CancellationToken.None))).Error;
        await ReadViewsAsync();
    }

    private int? CountOf(string group) => _facets?.Statuses.Where(s => GroupOf(s.Key) == group && (_filter.Statuses.Count == 0 || _filter.Statuses.Contains(s.Key))).Sum(s => s.Value);

    private static string GroupOf(IncidentStatus status) => status switch
    {
        IncidentStatus.Investigating or IncidentStatus.Mitigating or IncidentStatus.Monitoring => "Open",
        IncidentStatus.Resolved => "Resolved",
        IncidentStatus.Closed => "Closed",
    };

    /// <param name="Match">Null where no text was looked for.</param>
    private sealed record Row(Incident Incident, SearchIncidents.Match? Match);

    private sealed class Following(IncidentsPage page) : IDisposable
    {
        public void Dispose() => page.Navigation.LocationChanged -= page.Follow;
    }
}

using System.Globalization;
using IncidentDesk.Attacks;
using IncidentDesk.Live;
using IncidentDesk.People;
using IncidentDesk.Shared;
using IncidentDesk.Web.Incidents;
using IncidentDesk.Web.People;
using IncidentDesk.Web.Texts;
using IncidentDesk.Web.Timeline;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace IncidentDesk.Web.Attacks;

/// <summary>The adaptation board of one incident, live; what it shows of the course stands in the address.</summary>
public sealed partial class BoardView
{
    private enum Zoom { Whole, In, Out, Earlier, Later }

    /// <summary>A picture that is wider than its window moves under the names.</summary>
    private const double LeastWidth = 860;
    private const double MostWidth = 6_000;

    /// <summary>Of a window as narrow as a phone's.</summary>
    private const double Narrow = 560;

    /// <summary>Now has moved so little that the picture is the same.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    private ReadBoard.Facts? _facts;
    private ReadBoard.Facts? _drawn;
    private DateTime _drawnAt;
    private AdaptationBoard _board = null!;
    private BoardText _text = null!;
    private BoardPicture _picture = null!;
    private (DateTime From, DateTime To)? _range;
    private ZoneChoice _zoneChoice;
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private bool _showAll;
    private double _width = 1_200;
    private bool _isNarrow;
    private Actor _me = null!;
    private Visitor _visitor = null!;
    private TimeZoneInfo _mine = TimeZoneInfo.Utc;
    private bool _mayRespond;
    private Error? _error;
    private IncidentDialogs? _dialogs;

    [Inject] private ReadBoard Read { get; set; } = null!;
    [Inject] private Say Say { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [CascadingParameter] private Task<AuthenticationState> Session { get; set; } = null!;

    [Parameter] public required string Key { get; set; }
    [SupplyParameterFromQuery(Name = "from")] private string? FromText { get; set; }
    [SupplyParameterFromQuery(Name = "to")] private string? ToText { get; set; }
    [SupplyParameterFromQuery(Name = "tz")] private string? ZoneText { get; set; }
    [SupplyParameterFromQuery(Name = "lanes")] private string? Lanes { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        var user = (await Session).User;
        (_me, _mayRespond, _mine) = (user.ToActor(), user.Role().MayRespond(), user.Zone());
        _visitor = new Visitor(_me.PersonId, user.DisplayName());
        if (_facts is null)
        {
            if (!(await Read.HandleAsync(Key, _me, CancellationToken.None)).TryGet(out _facts, out _))
            {
                Navigation.NotFound();
                return;
            }
            Watch(_facts.Incident.Id);
            Watch(TrafficBatch.FeedId(_facts.Incident.Id));
            // What came between the read and the watch is told by no push.
            if (RendererInfo.IsInteractive && !await ReadAgainAsync()) return;
        }
        _zoneChoice = Labels.ParseOrNull<ZoneChoice>(ZoneText) ?? ZoneChoice.Utc;
        var zone = ZoneOf(_zoneChoice);
        if (!zone.Equals(_zone)) (_zone, _drawn) = (zone, null);
        (_range, _showAll) = (BoardUrl.Read(FromText, ToText), Lanes == "all");
        Compose();
        Lay();
    }

    protected override async Task RefreshAsync()
    {
        // While the database is away the page keeps what it shows, and the banner says so.
        if (_facts is null || Feed.StaleSince is not null) return;
        if (await ReadAgainAsync() && Compose()) Lay();
    }

    /// <returns>False when the reader may not see the incident any more.</returns>
    private async Task<bool> ReadAgainAsync()
    {
        if ((await Read.AgainAsync(_facts!, _me, CancellationToken.None)).TryGet(out var facts, out _))
        {
            // Of two that were read at once the older one may come last.
            if (facts.Sequence >= _facts!.Sequence && facts.Measured >= _facts.Measured) _facts = facts;
            return true;
        }
        Navigation.NavigateTo("/not-found");
        return false;
    }

    /// <returns>False when it is the same board as before: each line that somebody logs comes by here, what is drawn changes less often.</returns>
    private bool Compose()
    {
        if (_drawn is { } drawn && drawn.Situation == _facts!.Situation && drawn.KeyEvents == _facts.KeyEvents && drawn.Traffic == _facts.Traffic && drawn.Incident.Status == _facts.Incident.Status && Read.Now - _drawnAt < Soon) return false;
        (_drawn, _drawnAt) = (_facts, Read.Now);
        _board = _facts!.Board(_drawnAt);
        _text = new BoardText(Say, _board, _zone);
        return true;
    }

    private void Lay() => _picture = BoardPicture.Of(_board, _range, _width, _zone, w => $"{_text.Loud(w)} {_text.Beside(w)}", _showAll, _isNarrow);

    private TimeZoneInfo ZoneOf(ZoneChoice choice) => choice switch
    {
        ZoneChoice.Utc => TimeZoneInfo.Utc,
        ZoneChoice.Incident => TimeZoneInfo.FindSystemTimeZoneById(_facts!.Incident.TimeZone),
        ZoneChoice.Mine => _mine,
    };

    private string ZoneName(ZoneChoice choice) => choice == ZoneChoice.Mine ? Say["Timeline.ZoneMine"] : choice == ZoneChoice.Utc ? "UTC" : Stamps.ZoneName(ZoneOf(choice), _board.From);

    private string ZoneTitle(ZoneChoice choice) => choice switch
    {
        ZoneChoice.Utc => Say["Timeline.ZoneUtc"],
        ZoneChoice.Incident => Say["Timeline.ZoneIncident", _facts!.Incident.TimeZone],
        ZoneChoice.Mine => Say["Timeline.ZoneMineTitle"],
    };

    private string ZoneUrl(ZoneChoice choice) => Navigation.GetUriWithQueryParameter("tz", choice == ZoneChoice.Utc ? null : choice.ToString().ToLowerInvariant());

    private string LanesUrl => Navigation.GetUriWithQueryParameter("lanes", _showAll ? null : "all");

    private string AddressWithoutHash => Navigation.Uri.Split('#')[0];

    private string FileUrl => Links.BoardFile(Key) + QueryString.Create(
        BoardUrl.Fields(_range).Where(f => f.Value is not null).Select(f => KeyValuePair.Create(f.Key, (string?)f.Value)).Append(new("zone", _zoneChoice.ToString().ToLowerInvariant()))
            .Append(new("lang", CultureInfo.CurrentUICulture.TwoLetterISOLanguageName)).Append(new("theme", "light")).Concat(_showAll ? [KeyValuePair.Create("lanes", (string?)"all")] : []));

    private string RangeUrl(Zoom zoom)
    {
        var (from, to) = _range ?? (_board.From, _board.To);
        var width = to - from;
        return Url(zoom switch
        {
            Zoom.Whole => null,
            Zoom.In => (from + (width / 4), to - (width / 4)),
            Zoom.Out => (from - (width / 2), to + (width / 2)),
            Zoom.Earlier => (from - (width / 2), to - (width / 2)),
            Zoom.Later => (from + (width / 2), to + (width / 2)),
        });
    }

    private string Url((DateTime From, DateTime To)? range) => Navigation.GetUriWithQueryParameters(BoardUrl.Fields(range is { } some ? BoardUrl.Within(some, (_board.From, _board.To)) : null));

    /// <summary>The browser says how wide the picture may be.</summary>
    private void Widen(ChangeEventArgs change)
    {
        if (!double.TryParse(change.Value as string, CultureInfo.InvariantCulture, out var width)) return;
        (_width, _isNarrow) = (Math.Clamp(width, LeastWidth, MostWidth), width < Narrow);
        Lay();
    }

    /// <summary>The browser says which stretch is wanted, after a wheel or a drag: milliseconds since the epoch.</summary>
    private void Move(ChangeEventArgs change)
    {
        if ((change.Value as string)?.Split(' ') is not [var from, var to] || !long.TryParse(from, CultureInfo.InvariantCulture, out var start) || !long.TryParse(to, CultureInfo.InvariantCulture, out var end)) return;
        const long edge = 100_000L * 86_400_000;
        if (end - start < 60_000 || Math.Abs(start) > edge || Math.Abs(end) > edge) return;
        Navigation.NavigateTo(Url((DateTime.UnixEpoch.AddMilliseconds(start), DateTime.UnixEpoch.AddMilliseconds(end))), replace: true);
    }

    private static long Milliseconds(DateTime utc) => (long)(utc - DateTime.UnixEpoch).TotalMilliseconds;

    private Task OpenAsync(IncidentDialog dialog) => _dialogs?.OpenAsync(dialog) ?? Task.CompletedTask;

    private void ShowError(Error? error)
    {
        _error = error;
        StateHasChanged();
    }
}

using System.Globalization;
using IncidentDesk.Live;
using Microsoft.AspNetCore.Components;

namespace IncidentDesk.Web.Components.Shared;

/// <summary>A component that follows the feed: it is refreshed after changes, in its reader's language, until it is gone.</summary>
public abstract class LiveComponent : ComponentBase, IDisposable
{
    private readonly CultureInfo _culture = CultureInfo.CurrentUICulture;
    private readonly List<IDisposable> _held = [];
    private bool _isGone;

    [Inject] protected IncidentFeed Feed { get; set; } = null!;

    /// <summary>Follows one incident, or all when null. Called before the first read, so that nothing falls between. A page that is only printed into HTML follows nothing.</summary>
    protected void Watch(Guid? incidentId)
    {
        if (RendererInfo.IsInteractive) Hold(Feed.Subscribe(incidentId, () => InRendererAsync(RefreshAsync)));
    }

    /// <summary>Lets go of all that is watched and held, before the component turns to something else.</summary>
    protected void Release()
    {
        foreach (var held in _held) held.Dispose();
        _held.Clear();
    }

    /// <summary>Keeps something until the component goes.</summary>
    protected void Hold(IDisposable held) => _held.Add(held);

    /// <summary>Reads what changed. The component renders after it.</summary>
    protected virtual Task RefreshAsync() => Task.CompletedTask;

    /// <summary>Runs from a background thread in the renderer, in the language of the page, and renders.</summary>
    protected Task InRendererAsync(Func<Task> action) => InvokeAsync(async () =>
    {
        if (_isGone) return;
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = _culture;
        await action();
        if (!_isGone) StateHasChanged();
    });

    public void Dispose()
    {
        _isGone = true;
        Release();
        GC.SuppressFinalize(this);
    }
}

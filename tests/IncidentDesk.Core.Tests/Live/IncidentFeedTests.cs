using IncidentDesk.Live;
using IncidentDesk.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace IncidentDesk.Tests.Live;

public sealed class IncidentFeedTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly Guid Incident = Guid.NewGuid();

    private readonly FakeTimeProvider _clock = new();
    private readonly IncidentFeed _feed;

    public IncidentFeedTests() => _feed = new(_clock, NullLogger<IncidentFeed>.Instance);

    public ValueTask DisposeAsync() => _feed.DisposeAsync();

    [Fact]
    public async Task Many_changes_become_few_refreshes_and_the_last_one_is_seen()
    {
        var (refreshes, seen) = (0, 0L);
        using var watching = _feed.Subscribe(Incident, () =>
        {
            Interlocked.Increment(ref refreshes);
            Interlocked.Exchange(ref seen, _feed.Latest(Incident));
            return Task.CompletedTask;
        });

        for (var sequence = 1; sequence <= 1_000; sequence++) _feed.Publish(Incident, sequence);
        await UntilAsync(() => Interlocked.Read(ref seen) == 1_000, "the last change is seen");

        // one for the first, and at most one for each interval that this test let pass, but never one for each change
        Assert.InRange(refreshes, 1, 10);
    }

    [Fact]
    public async Task Between_two_refreshes_lies_the_interval()
    {
        var refreshes = 0;
        using var watching = _feed.Subscribe(Incident, () => Task.FromResult(Interlocked.Increment(ref refreshes)));
        _feed.Publish(Incident, 1);
        await WhenAsync(() => refreshes == 1);

        _feed.Publish(Incident, 2);
        await WhenAllIsToldAsync();
        Assert.Equal(1, refreshes);

        await UntilAsync(() => refreshes == 2, "the second change is seen after the interval");
    }

    [Fact]
    public async Task A_change_during_a_refresh_is_followed_by_another()
    {
        var inside = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var refreshes = 0;
        using var watching = _feed.Subscribe(Incident, async () =>
        {
            if (Interlocked.Increment(ref refreshes) > 1) return;
            inside.SetResult();
            await release.Task;
        });

        _feed.Publish(Incident, 1);
        await inside.Task.WaitAsync(Patience);
        _feed.Publish(Incident, 2);
        release.SetResult();

        await UntilAsync(() => refreshes == 2, "the change that came during the refresh is seen");
    }

    [Fact]
    public async Task A_subscriber_that_throws_or_never_returns_holds_up_nobody_and_the_throwing_one_is_called_again()
    {
        var (thrown, calm) = (0, 0);
        using var throwing = _feed.Subscribe(Incident, () =>
        {
            Interlocked.Increment(ref thrown);
            throw new InvalidOperationException("broken page");
        });
        using var stuck = _feed.Subscribe(Incident, () => new TaskCompletionSource().Task);
        using var healthy = _feed.Subscribe(Incident, () => Task.FromResult(Interlocked.Increment(ref calm)));

        for (var round = 1; round <= 3; round++)
        {
            _feed.Publish(Incident, round);
            await UntilAsync(() => calm >= round && thrown >= round, $"both are called in round {round}");
        }
    }

    [Fact]
    public async Task A_disposed_subscriber_is_not_called_even_for_what_it_had_not_yet_seen()
    {
        var (gone, stays) = (0, 0);
        var leaving = _feed.Subscribe(Incident, () => Task.FromResult(Interlocked.Increment(ref gone)));
        using var staying = _feed.Subscribe(Incident, () => Task.FromResult(Interlocked.Increment(ref stays)));
        _feed.Publish(Incident, 1);
        await WhenAsync(() => gone == 1 && stays == 1);

        // told, but held back until the interval ends
        _feed.Publish(Incident, 2);
        await WhenAllIsToldAsync();
        leaving.Dispose();
        await UntilAsync(() => stays == 2, "the other sees the second change");
        _feed.Publish(Incident, 3);
        await UntilAsync(() => stays == 3, "the other sees the third change");

        Assert.Equal(1, gone);
    }

    [Fact]
    public async Task A_subscriber_hears_of_its_own_incident_only_and_one_of_all_hears_of_each()
    {
        var another = Guid.NewGuid();
        var (mine, all) = (0, 0);
        using var watching = _feed.Subscribe(Incident, () => Task.FromResult(Interlocked.Increment(ref mine)));
        using var list = _feed.Subscribe(null, () => Task.FromResult(Interlocked.Increment(ref all)));

        _feed.Publish(another, 1);
        await WhenAsync(() => all == 1);
        Assert.Equal(0, mine);

        _feed.Publish(Incident, 1);
        await UntilAsync(() => mine == 1 && all == 2, "both hear of the watched incident");
    }

    [Fact]
    public void What_comes_late_does_not_turn_back_the_newest_number()
    {
        _feed.Publish(Incident, 7);
        _feed.Publish(Incident, 5);

        Assert.Equal(7, _feed.Latest(Incident));
        Assert.Equal(0, _feed.Latest(Guid.NewGuid()));
    }

    [Fact]
    public void An_incident_is_watched_as_long_as_somebody_watches_it()
    {
        var one = _feed.Subscribe(Incident, () => Task.CompletedTask);
        var other = _feed.Subscribe(Incident, () => Task.CompletedTask);
        one.Dispose();
        Assert.Contains(Incident, _feed.Watched);
        other.Dispose();
        Assert.DoesNotContain(Incident, _feed.Watched);
    }

    /// <summary>What was published until now has reached its subscribers: a later one has.</summary>
    private async Task WhenAllIsToldAsync()
    {
        var (later, told) = (Guid.NewGuid(), 0);
        using var watching = _feed.Subscribe(later, () => Task.FromResult(Interlocked.Increment(ref told)));
        _feed.Publish(later, 1);
        await WhenAsync(() => told == 1);
    }

    /// <summary>With the clock standing still.</summary>
    private static Task WhenAsync(Func<bool> condition) => Poll.UntilAsync(condition, Patience, "it happens");

    /// <summary>While one interval after the other passes.</summary>
    private Task UntilAsync(Func<bool> condition, string what) => Poll.UntilAsync(
        () =>
        {
            if (condition()) return true;
            _clock.Advance(IncidentFeed.MinInterval);
            return false;
        },
        Patience, what);
}

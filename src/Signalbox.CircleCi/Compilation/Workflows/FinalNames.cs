using Signalbox.CircleCi.Syntax;

namespace Signalbox.CircleCi.Compilation.Workflows;

/// <summary>Gives every job the name that it runs under ("Invoking the same job multiple times").</summary>
internal static class FinalNames
{
    /// <summary>Equal names in one workflow are all numbered, from 1, in the order of appearance.</summary>
    public static void Number(IReadOnlyList<PlannedJob> jobs)
    {
        var counts = jobs.CountBy(job => job.Name, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var taken = jobs.Where(job => counts[job.Name] == 1).Select(job => job.Name).ToHashSet(StringComparer.Ordinal);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var job in jobs)
        {
            job.FinalName = job.Name;
            if (counts[job.Name] == 1)
                continue;
            do
                job.FinalName = $"{job.Name}-{numbers[job.Name] = numbers.GetValueOrDefault(job.Name) + 1}";
            while (!taken.Add(job.FinalName));
        }
    }

    /// <summary>Bodies that differ but share a name across workflows are numbered too: `jobs` has one place for a name.</summary>
    public static void Separate(IReadOnlyList<IReadOnlyList<PlannedJob>> workflows)
    {
        var all = workflows.SelectMany(jobs => jobs).Where(job => job.Body is not null).ToList();
        var taken = all.Select(job => job.FinalName).ToHashSet(StringComparer.Ordinal);
        foreach (var same in all.GroupBy(job => job.FinalName, StringComparer.Ordinal).Where(group => group.Skip(1).Any()).ToList())
        {
            var bodies = new List<(YamlNode.Mapping Body, List<PlannedJob> Jobs)>();
            foreach (var job in same)
            {
                var known = bodies.Find(body => YamlEquality.Same(body.Body, job.Body!));
                if (known.Jobs is null)
                    bodies.Add((job.Body!, [job]));
                else
                    known.Jobs.Add(job);
            }

            var number = 0;
            foreach (var (_, jobs) in bodies.Count > 1 ? bodies : [])
            {
                string name;
                do
                    name = $"{same.Key}-{++number}";
                while (!taken.Add(name));
                jobs.ForEach(job => job.FinalName = name);
            }
        }
    }
}

// Policies as text.
#include "core/network/access_query.h"

#include <gtest/gtest.h>

namespace cordon {

TEST(AccessPolicy, WritesDownWhatIsNotAsUsual) {
    AccessPolicy policy;
    EXPECT_TRUE(policyEntries(policy).empty());
    const std::vector<std::string> entries = {"restricted=open",          "blocked=2.5", "stale=1.5",
                                              "control.attack_zone=shut", "actor.A=b=3", "restriction=open",
                                              "restriction_transit=shut"};
    for (const std::string& entry : entries)
        EXPECT_TRUE(setPolicy(policy, entry)) << entry;
    EXPECT_EQ(policyEntries(policy), entries);
    AccessPolicy again;
    for (const std::string& entry : policyEntries(policy))
        EXPECT_TRUE(setPolicy(again, entry)) << entry;
    EXPECT_EQ(again, policy);
}

TEST(AccessPolicy, RefusesWhatItDoesNotKnow) {
    AccessPolicy policy;
    for (const char* entry :
         {"blocked", "blocked=0.5", "blocked=-1", "blocked=nan", "blokked=2", "control.x=2", "=2", ""})
        EXPECT_FALSE(setPolicy(policy, entry)) << entry;
    EXPECT_EQ(policy, AccessPolicy());
}

} // namespace cordon
